using System.Text;
using LlmKick.Sdk.Files;

namespace LlmKick.Hub;

/// <summary>The folder that Hugging Face's tools and this one share: what stands where in it.</summary>
/// <remarks>A blob may be a link into a store that repositories share. It is never written through, and its lists and locks are its
/// owners' alone.</remarks>
/// <param name="root">The folder; it need not exist.</param>
/// <param name="links">Whether files are links to blobs.</param>
internal sealed class HubCache(string root, bool links = true)
{
    /// <summary>The ending of the folder that an archive is unpacked to.</summary>
    public const string Unpacked = ".unpacked";

    private const string Snapshots = "snapshots";
    private const string Tag = "CACHEDIR.TAG";
    private const string TagText = "Signature: 8a477f597d28d172789f06886806bc55\n# This file is a cache directory tag of huggingface_hub.\n"
        + "# For information about cache directory tags, see https://bford.info/cachedir/\n";

    /// <summary>The folder.</summary>
    public string Root => root;

    /// <summary>A repository's folder.</summary>
    public string Folder(HubRepository repository) => Path.Combine(root, repository.Folder);

    /// <summary>The folder of a commit's files.</summary>
    public string Snapshot(HubRepository repository, string commit) => Path.Combine(Folder(repository), Snapshots, commit);

    /// <summary>A file of a commit.</summary>
    public string File(HubRepository repository, string commit, string path) => Path.Combine(Snapshot(repository, commit), Local(path));

    /// <summary>What is called by its hash.</summary>
    public string Blob(HubRepository repository, string name) => Path.Combine(Folder(repository), "blobs", name);

    /// <summary>Where a blob is put together; another process goes on with it.</summary>
    public string Part(HubRepository repository, string name) => Blob(repository, name) + ".llmkick.incomplete";

    /// <summary>What whoever fetches a blob holds.</summary>
    public string Lock(HubRepository repository, string name) => Path.Combine(root, ".locks", repository.Folder, name + ".lock");

    /// <summary>The commit of a revision as it was when something of it was last fetched; null where nothing was.</summary>
    public string? Commit(HubRepository repository, string revision)
    {
        if (SafePath.IsCommit(revision))
            return revision;
        var path = Reference(repository, revision);
        return System.IO.File.Exists(path) && System.IO.File.ReadAllText(path).Trim() is var commit && SafePath.IsCommit(commit) ? commit
            : null;
    }

    /// <summary>The commits of which files are kept.</summary>
    public IReadOnlyList<string> Commits(HubRepository repository) =>
        Directory.Exists(Path.Combine(Folder(repository), Snapshots))
            ? [.. Directory.GetDirectories(Path.Combine(Folder(repository), Snapshots)).Select(path => Path.GetFileName(path))
                .Order(StringComparer.Ordinal)] : [];

    /// <summary>The names of revisions, each with its commit.</summary>
    public IReadOnlyList<(string Name, string Commit)> References(HubRepository repository)
    {
        var folder = Path.Combine(Folder(repository), "refs");
        return !Directory.Exists(folder) ? [] : [.. Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(folder, file).Replace('\\', '/'), System.IO.File.ReadAllText(file).Trim()))
            .OrderBy(one => one.Item1, StringComparer.Ordinal)];
    }

    /// <summary>What the hub listed of a commit; null where that is not kept.</summary>
    public HubTree? Tree(HubRepository repository, string commit)
    {
        var path = TreeFile(repository, commit);
        return System.IO.File.Exists(path) ? HubTree.Parse(System.IO.File.ReadAllBytes(path), repository.Name) : null;
    }

    /// <summary>Keeps what a revision is and what the hub lists of it.</summary>
    public void Keep(HubRepository repository, string revision, string commit, HubTree tree)
    {
        Begin();
        Directory.CreateDirectory(Path.Combine(Folder(repository), "refs"));
        Directory.CreateDirectory(Snapshot(repository, commit));
        var file = TreeFile(repository, commit);
        if (!System.IO.File.Exists(file) || !HubTree.IsOfLaterForm(System.IO.File.ReadAllBytes(file)))
            Write(file, tree.ToBytes());
        if (revision != commit)
            Write(Reference(repository, revision), Encoding.UTF8.GetBytes(commit));
    }

    /// <summary>Gives what was put together its name: over an older one, and over a link rather than through it; then the file of the
    /// commit leads to it.</summary>
    public void Finish(HubRepository repository, string commit, HubFile file, string name)
    {
        if (links && TryLink(File(repository, commit, file.Path), Blob(repository, name), Part(repository, name)))
            return;
        System.IO.File.Move(Part(repository, name), MadeFolder(File(repository, commit, file.Path)), overwrite: true);
    }

    /// <summary>Makes the file of a commit lead to a blob that is there.</summary>
    public void Link(HubRepository repository, string commit, HubFile file, string name)
    {
        var (pointer, blob) = (File(repository, commit, file.Path), Blob(repository, name));
        if (links && TryLink(pointer, blob, null))
            return;
        System.IO.File.Copy(blob, MadeFolder(pointer), overwrite: true);
    }

    /// <summary>The address, with its commit, of a file or folder that was fetched from the hub; null for others.</summary>
    public static string? AddressOf(string path)
    {
        if (OriginOf(path) is not var (repository, commit, inner))
            return null;
        var name = $"{repository.Name}@{commit}";
        return repository.Kind == HubKind.Model ? inner.Length > 0 ? $"{name}:{inner}" : name
            : $"hub:{name}/{inner.Replace(Unpacked + "/", "!", StringComparison.Ordinal)}";
    }

    /// <summary>The repository, the commit and the path there of a file or folder of a cache; null where it is none.</summary>
    private static (HubRepository Repository, string Commit, string Path)? OriginOf(string path)
    {
        var parts = Path.GetFullPath(path).Split(Path.DirectorySeparatorChar);
        for (var i = parts.Length - 2; i > 0; i--)
            if (parts[i] == Snapshots && SafePath.IsCommit(parts[i + 1]) && HubRepository.OfFolder(parts[i - 1]) is { } repository)
                return (repository, parts[i + 1], string.Join('/', parts[(i + 2)..]));
        return null;
    }

    private void Begin()
    {
        Directory.CreateDirectory(root);
        var tag = Path.Combine(root, Tag);
        if (!System.IO.File.Exists(tag))
            Write(tag, Encoding.ASCII.GetBytes(TagText));
    }

    private bool TryLink(string pointer, string blob, string? part)
    {
        MadeFolder(pointer);
        var fresh = $"{pointer}.{Guid.NewGuid():N}.tmp";
        try
        {
            System.IO.File.CreateSymbolicLink(fresh, Path.GetRelativePath(Path.GetDirectoryName(pointer)!, blob));
        }
        catch (Exception failure) when (OperatingSystem.IsWindows() && FileFault.Is(failure))
        {
            return false; // only some users may make links there
        }
        try
        {
            if (part is not null)
                System.IO.File.Move(part, MadeFolder(blob), overwrite: true);
            System.IO.File.Move(fresh, pointer, overwrite: true);
            return true;
        }
        catch
        {
            System.IO.File.Delete(fresh);
            throw;
        }
    }

    private string Reference(HubRepository repository, string revision) => Path.Combine(Folder(repository), "refs", Local(revision));

    private string TreeFile(HubRepository repository, string commit) => Path.Combine(Folder(repository), "trees", commit + ".json");

    private static string Local(string path) => path.Replace('/', Path.DirectorySeparatorChar);

    private static string MadeFolder(string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        return path;
    }

    private static void Write(string path, byte[] content)
    {
        using var file = new AtomicFile(path);
        file.Stream.Write(content);
        file.Commit();
    }
}
