using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Hub;

/// <summary>Where the files of addresses are on this machine. Nothing is asked of any server.</summary>
/// <param name="settings">Where files are kept.</param>
internal sealed class RemotePlaces(HubSettings settings)
{
    private readonly HubCache cache = new(settings.CacheFolder, settings.Links);

    /// <summary>The shared cache.</summary>
    public HubCache Cache => cache;

    /// <summary>The addresses that were looked for and of which something is not here.</summary>
    public List<RemoteAddress> Missing { get; } = [];

    /// <summary>Where the file or folder is; where it is not, an address that leads nowhere yet, and it is remembered as missing.</summary>
    /// <exception cref="LlmKickException">There is no such thing; the message is a sentence.</exception>
    public string Of(RemoteAddress address)
    {
        if (Find(address) is { } place)
            return place;
        if (!Missing.Contains(address))
            Missing.Add(address);
        return address switch
        {
            WebAddress web => Inside(Folder(web), web) ?? File(web),
            HubAddress hub when Archive(hub) is { } folder => Inside(folder, hub)!,
            HubAddress { Repository.Kind: HubKind.Dataset } hub => cache.File(hub.Repository, hub.Revision, hub.Path),
            _ => address.Text,
        };
    }

    /// <summary>Where the file or folder is; null where something of it is missing.</summary>
    public string? Find(RemoteAddress address) => address switch
    {
        WebAddress web => System.IO.File.Exists(File(web)) ? Unpacked(Inside(Folder(web), web), File(web), web) : null,
        HubAddress hub => FindInHub(hub),
        _ => throw new NotSupportedException(),
    };

    /// <summary>The file of an address of any server.</summary>
    public string File(WebAddress web) => Path.Combine(Folder(web), web.FileName);

    /// <summary>Where an address's archive is unpacked; null where it is none.</summary>
    public string? Archive(RemoteAddress address) => address switch
    {
        { Inner: null } => null,
        WebAddress web => UnpackedFolder(Folder(web)),
        HubAddress hub => UnpackedFolder(new HubCache(settings.DownloadFolder)
            .File(hub.Repository, cache.Commit(hub.Repository, hub.Revision) ?? hub.Revision, hub.Path)),
        _ => null,
    };

    /// <summary>The files that an address needs of a commit, as far as is known here; null where nothing is.</summary>
    public IReadOnlyList<HubFile>? Needed(HubAddress address, string commit, HubTree? tree) =>
        (tree ?? Listed(address.Repository, commit)) is { } files
            ? Selection.Of(address, files, file => Text(address.Repository, commit, file)) : null;

    /// <summary>Whether a file is here, as far as its size tells.</summary>
    public bool IsHere(HubRepository repository, string commit, HubFile file) =>
        Length(cache.File(repository, commit, file.Path)) == file.Size;

    /// <summary>The size of a file, through links; −1 where there is none.</summary>
    public static long Length(string path)
    {
        var link = new FileInfo(path);
        return link.LinkTarget is null ? link.Exists ? link.Length : -1
            : link.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } file ? file.Length : -1;
    }

    private string? FindInHub(HubAddress address)
    {
        if (cache.Commit(address.Repository, address.Revision) is not { } commit
            || !Directory.Exists(cache.Snapshot(address.Repository, commit)))
            return null;
        var tree = cache.Tree(address.Repository, commit);
        if (tree is null && address.Repository.Kind == HubKind.Dataset)
            return Untold(address, commit);
        IReadOnlyList<HubFile>? needed;
        try
        {
            needed = Needed(address, commit, tree);
        }
        catch (LlmKickException) when (tree is null || (settings.Offline is null && address.Revision != commit))
        {
            return null; // what is here says no more than that it is not here; a branch may have it by now
        }
        if (needed?.All(file => IsHere(address.Repository, commit, file)) != true)
        {
            // Whoever must do without the hub may well do with what another program chose to fetch.
            if (settings.Offline is null || tree is null || Whole(address, commit) is not { } chosen)
                return null;
            needed = chosen;
        }
        var place = cache.File(address.Repository, commit, Selection.Place(address, needed));
        return Unpacked(Inside(Archive(address), address), Path.TrimEndingDirectorySeparator(place), address);
    }

    /// <summary>What is here of a model, if that is its weights; null where they are not.</summary>
    private IReadOnlyList<HubFile>? Whole(HubAddress address, string commit)
    {
        try
        {
            return address.Repository.Kind == HubKind.Model ? Needed(address, commit, tree: null) : null;
        }
        catch (LlmKickException)
        {
            return null;
        }
    }

    /// <summary>A file of a data set whose listing is not kept: of a folder it cannot be said whether it is whole.</summary>
    private string? Untold(HubAddress address, string commit)
    {
        var path = cache.File(address.Repository, commit, address.Path);
        return Length(path) >= 0 || (settings.Offline is not null && Directory.Exists(path))
            ? Unpacked(Inside(Archive(address), address), path, address) : null;
    }

    /// <summary>What another program left of a model, as if the hub had listed it.</summary>
    private HubTree? Listed(HubRepository repository, string commit)
    {
        var snapshot = cache.Snapshot(repository, commit);
        if (!Directory.Exists(snapshot))
            return null;
        var files = Directory.EnumerateFiles(snapshot, "*", SearchOption.AllDirectories)
            .Select(file => new HubFile(Path.GetRelativePath(snapshot, file).Replace('\\', '/'), Math.Max(Length(file), 0),
                new string('0', 40))).ToDictionary(file => file.Path);
        return files.Values.All(file => Length(cache.File(repository, commit, file.Path)) >= 0) ? new HubTree(files) : null;
    }

    private string? Text(HubRepository repository, string commit, HubFile file) =>
        IsHere(repository, commit, file) ? System.IO.File.ReadAllText(cache.File(repository, commit, file.Path)) : null;

    private string Folder(WebAddress web) => Path.Combine(settings.DownloadFolder, web.Sha256);

    private static string UnpackedFolder(string folder) => folder + HubCache.Unpacked;

    private string? Inside(string? folder, RemoteAddress address) =>
        folder is null || address.Inner is not { } inner ? null
            : Path.Combine(address is WebAddress ? UnpackedFolder(folder) : folder, inner.Replace('/', Path.DirectorySeparatorChar));

    /// <summary>The path in an unpacked archive, or the file where it is none.</summary>
    private string? Unpacked(string? inside, string file, RemoteAddress address)
    {
        if (inside is null)
            return file;
        var folder = Archive(address)!;
        if (Path.Exists(inside))
            return inside;
        if (!Directory.Exists(folder) || IsOneFile(file))
            return null;
        var names = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories)
            .Select(entry => Path.GetRelativePath(folder, entry).Replace('\\', '/')).ToList();
        throw new LlmKickException($"'{Path.GetFileName(file)}' has no '{address.Inner}'"
            + $"{NearestName.Question(address.Inner!, names)} At its top it has "
            + $"{string.Join(", ", names.Where(name => !name.Contains('/', StringComparison.Ordinal)).Order(StringComparer.Ordinal))}.");
    }

    private static bool IsOneFile(string file) => file.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
        && !file.EndsWith(".tar.gz", StringComparison.OrdinalIgnoreCase);
}
