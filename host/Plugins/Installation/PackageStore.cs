using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>Downloads packages and checks that they are what their hashes, their names and their feeds say.</summary>
internal sealed class PackageStore(PackageFeeds feeds, InstallationFolder folder, ArchiveLimits limits) : IDisposable
{
    private readonly Dictionary<string, PluginPackage> opened = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Downloads a package, once.</summary>
    /// <exception cref="LlmKickException">It cannot be had, or is refused.</exception>
    public async Task<PluginPackage> GetAsync(FoundPackage found, CancellationToken cancellationToken)
    {
        var name = $"{found.Id}.{found.Version}.nupkg";
        if (opened.TryGetValue(name, out var known))
            return known;
        try
        {
            return opened[name] = await DownloadAsync(found, folder.Download(name), cancellationToken);
        }
        catch (PackageFaultException fault)
        {
            throw Refused(found.Id, found.Version, found.Source, fault);
        }
    }

    /// <summary>The sentence about a package that is refused.</summary>
    public static LlmKickException Refused(string id, object version, string source, PackageFaultException fault) =>
        new($"{id} {version} from '{source}' is refused: {fault.Message}. Nothing of it was installed; tell its author, or choose another "
            + $"version or source.", fault);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var package in opened.Values)
            package.Dispose();
    }

    private async Task<PluginPackage> DownloadAsync(FoundPackage found, string path, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await using (var file = File.Create(path))
            await feeds.DownloadAsync(found, new LimitedStream(file, limits.Bytes, $"its file is larger than {limits.Bytes} bytes"),
                cancellationToken);
        CheckHash(found, FileHash.Of(path), await feeds.StatedHashAsync(found, cancellationToken));
        var package = PluginPackage.Open(path, found.Source, limits);
        if (package.Version == found.Version && package.Id.Equals(found.Id, StringComparison.OrdinalIgnoreCase))
            return package;
        package.Dispose();
        throw new PackageFaultException($"its nuspec says that it is {package.Id} {package.Version}");
    }

    private void CheckHash(FoundPackage found, string hash, string? stated)
    {
        if (stated is not null && stated != hash)
            throw new PackageFaultException($"the SHA-512 of its file is {hash}, and the source says {stated}");
        if (Recorded(found).FirstOrDefault(recorded => recorded != hash) is { } other)
            throw new PackageFaultException($"the SHA-512 of its file is {hash}, and when this version was installed before it was "
                + $"{other}, so that it was changed since (if that is as it should be, remove the installed one first)");
    }

    private IEnumerable<string> Recorded(FoundPackage found)
    {
        var version = found.Version.ToNormalizedString();
        if (folder.Lock.Plugins.TryGetValue(found.Id, out var plugin) && plugin.Version == version)
            yield return plugin.Sha512;
        foreach (var other in folder.Lock.Plugins.Values.SelectMany(installed => installed.Packages))
            if (other.Key.Equals(found.Id, StringComparison.OrdinalIgnoreCase) && other.Value.Version == version)
                yield return other.Value.Sha512;
    }
}
