using System.Security.Cryptography;
using System.Text;

namespace LlmKick.Hub;

/// <summary>What a cache keeps of a repository.</summary>
/// <param name="cache">The cache.</param>
/// <param name="repository">The repository.</param>
internal sealed class CachedRepository(HubCache cache, HubRepository repository)
{
    private const int BufferSize = 1 << 20;

    /// <summary>The repository.</summary>
    public HubRepository Repository => repository;

    /// <summary>Its commits, the names that point to each, and its files.</summary>
    public IReadOnlyList<CachedCommit> Commits { get; } = [.. cache.Commits(repository)
        .Select(commit => new CachedCommit(commit, [.. cache.References(repository).Where(one => one.Commit == commit)
            .Select(one => one.Name)], Files(cache.Snapshot(repository, commit))))];

    /// <summary>Bytes of downloads that were not ended.</summary>
    public long Unfinished { get; } = Blobs(cache, repository).Where(file => !SafePath.IsHash(file.Name)).Sum(file => file.Length);

    /// <summary>Whether a file of it leads nowhere.</summary>
    public bool IsBroken => Commits.Any(commit => commit.Files.Any(file => file.Target is null));

    /// <summary>The repositories of a cache.</summary>
    public static IReadOnlyList<CachedRepository> All(HubCache cache, HubKind kind) => !Directory.Exists(cache.Root) ? []
        : [.. Directory.GetDirectories(cache.Root).Select(folder => HubRepository.OfFolder(Path.GetFileName(folder)))
            .OfType<HubRepository>().Where(one => one.Kind == kind).OrderBy(one => one.Name, StringComparer.Ordinal)
            .Select(one => new CachedRepository(cache, one))];

    /// <summary>Bytes of files, each counted once, under however many names it stands.</summary>
    public static long Size(IEnumerable<CachedRepository> repositories) => repositories.SelectMany(one => one.Commits)
        .SelectMany(commit => commit.Files).Select(file => file.Target).OfType<string>().Distinct()
        .Sum(file => new FileInfo(file).Length);

    /// <summary>Reads all files and finds those whose content is not what their names say, or that lead nowhere.</summary>
    /// <param name="read">Told how many bytes more were read.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<CacheDamage>> VerifyAsync(Action<long> read, CancellationToken cancellationToken)
    {
        var (damages, known) = (new List<CacheDamage>(), new Dictionary<string, bool>());
        foreach (var commit in Commits)
        {
            var tree = cache.Tree(repository, commit.Name);
            foreach (var file in commit.Files)
            {
                var listed = tree?.Files.GetValueOrDefault(file.Path);
                if (file.Target is not { } target)
                    damages.Add(new(commit.Name, file.Path, "leads to nothing"));
                else if (Expected(file, listed) is { } hash)
                {
                    if (!known.TryGetValue(target, out var right))
                        known[target] = right = await HashAsync(target, hash, read, cancellationToken) == hash;
                    if (!right)
                        damages.Add(new(commit.Name, file.Path, $"holds something else than its hash, {hash[..12]}…, says"));
                }
            }
        }
        return damages;
    }

    /// <summary>Removes all of it, or a commit and the blobs that no other one needs.</summary>
    /// <param name="commit">The commit; null for all.</param>
    /// <returns>Bytes that are free now.</returns>
    public long Remove(string? commit)
    {
        var (folder, locks) = (cache.Folder(repository), Path.Combine(cache.Root, ".locks", repository.Folder));
        var (removed, kept) = (Commits.Where(one => commit is null || one.Name == commit).ToList(),
            Commits.Where(one => commit is not null && one.Name != commit).SelectMany(one => one.Files).Select(file => file.Blob)
                .ToHashSet());
        var (lost, freed) = (removed.SelectMany(one => one.Files).Select(file => file.Blob).OfType<string>().Distinct()
            .Where(blob => !kept.Contains(blob) && Path.GetDirectoryName(blob) == Path.Combine(folder, "blobs")).ToList(), 0L);
        freed = lost.Where(blob => new FileInfo(blob).LinkTarget is null).Sum(blob => Math.Max(RemotePlaces.Length(blob), 0));
        if (kept.Count == 0)
        {
            freed += Unfinished;
            Directory.Delete(folder, recursive: true);
            if (Directory.Exists(locks))
                Directory.Delete(locks, recursive: true);
            return freed;
        }
        foreach (var name in removed.SelectMany(one => one.References))
            File.Delete(Path.Combine(folder, "refs", name));
        foreach (var one in removed)
        {
            Directory.Delete(cache.Snapshot(repository, one.Name), recursive: true);
            File.Delete(Path.Combine(folder, "trees", one.Name + ".json"));
            if (Path.Combine(folder, ".no_exist", one.Name) is var absent && Directory.Exists(absent))
                Directory.Delete(absent, recursive: true);
        }
        lost.ForEach(File.Delete);
        return freed;
    }

    /// <summary>What a file's content should have as its hash: its blob's name, or what the hub listed; null where neither says.</summary>
    private static string? Expected(CachedFile file, HubFile? listed)
    {
        var name = file.Blob is { } blob ? Path.GetFileName(blob) : listed?.Blob;
        return name is not null && SafePath.IsHash(name) && (listed?.XetHash != name || listed.Sha256 == name) ? name : null;
    }

    private static async Task<string> HashAsync(string path, string like, Action<long> read, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
        var isSha256 = SafePath.IsSha256(like);
        using var hash = IncrementalHash.CreateHash(isSha256 ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA1);
        if (!isSha256)
            hash.AppendData(Encoding.ASCII.GetBytes($"blob {file.Length}\0"));
        var buffer = new byte[BufferSize];
        while (await file.ReadAsync(buffer, cancellationToken) is > 0 and var count)
        {
            hash.AppendData(buffer.AsSpan(0, count));
            read(count);
        }
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    private static List<CachedFile> Files(string snapshot) =>
        [.. Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => CachedFile.Of(path, Path.GetRelativePath(snapshot, path).Replace('\\', '/')))];

    private static IEnumerable<FileInfo> Blobs(HubCache cache, HubRepository repository) =>
        new DirectoryInfo(Path.GetDirectoryName(cache.Blob(repository, "x"))!) is { Exists: true } folder ? folder.EnumerateFiles() : [];
}

/// <summary>A commit of which files are kept.</summary>
/// <param name="Name">The commit.</param>
/// <param name="References">The names that point to it.</param>
/// <param name="Files">Its files.</param>
internal sealed record CachedCommit(string Name, IReadOnlyList<string> References, IReadOnlyList<CachedFile> Files);

/// <summary>A file of a commit.</summary>
/// <param name="Path">Its path in the repository.</param>
/// <param name="Blob">What it links to; null where it is a file itself.</param>
/// <param name="Target">The file that it leads to in the end, perhaps itself; null where that is not there.</param>
internal sealed record CachedFile(string Path, string? Blob, string? Target)
{
    /// <summary>Follows a file's links.</summary>
    public static CachedFile Of(string file, string path)
    {
        var info = new FileInfo(file);
        if (info.LinkTarget is not { } link)
            return new(path, null, System.IO.Path.GetFullPath(file));
        var target = info.ResolveLinkTarget(returnFinalTarget: true) as FileInfo;
        return new(path, System.IO.Path.GetFullPath(link, System.IO.Path.GetDirectoryName(file)!),
            target is { Exists: true } ? target.FullName : null);
    }
}

/// <summary>A file that is not what it should be.</summary>
/// <param name="Commit">Its commit.</param>
/// <param name="Path">Its path.</param>
/// <param name="Fault">What is wrong.</param>
internal sealed record CacheDamage(string Commit, string Path, string Fault);
