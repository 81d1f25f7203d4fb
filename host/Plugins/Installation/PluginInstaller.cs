using LlmKick.Sdk;
using LlmKick.Storage;
using NuGet.Packaging;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>Installs plugins from feeds into a plugin folder, each with what it needs.</summary>
internal sealed class PluginInstaller(InstallationFolder folder, PackageFeeds feeds, SharedAssemblies assemblies, ArchiveLimits limits)
{
    private readonly SharedPackages shared = new(assemblies);

    /// <summary>Installs the newest version of a plugin that fits, over the one that is there.</summary>
    /// <param name="id">The package.</param>
    /// <param name="wish">The versions that will do; null for any that is no prerelease.</param>
    /// <param name="source">The one feed to ask for it; null for all.</param>
    /// <param name="cancellationToken">Ends the installation; then nothing is changed.</param>
    /// <returns>What was installed; nothing where it was there already.</returns>
    /// <exception cref="LlmKickException">It cannot be installed; nothing is changed.</exception>
    public async Task<IReadOnlyList<PluginChange>> InstallAsync(string id, VersionWish? wish, string? source,
        CancellationToken cancellationToken)
    {
        var found = await NewestAsync(id, wish, source, cancellationToken);
        if (IsThere(found))
            return [];
        using var store = new PackageStore(feeds, folder, limits);
        var package = await store.GetAsync(found, cancellationToken);
        Failpoint.Pass("install-downloaded");
        var prepared = new Dictionary<string, LockedPlugin>(StringComparer.OrdinalIgnoreCase);
        await PrepareAsync(package, store, prepared, cancellationToken);
        Failpoint.Pass("install-prepared");
        return Commit(prepared);
    }

    /// <summary>Takes a plugin away.</summary>
    /// <exception cref="LlmKickException">It is not there, or another needs it.</exception>
    public static LockedPlugin Remove(InstallationFolder folder, string id)
    {
        var plugin = Require(folder.Lock, id);
        Check(folder.Lock.With(new Dictionary<string, LockedPlugin>(), plugin.Key));
        folder.Commit(new Dictionary<string, LockedPlugin>(), plugin.Key);
        return plugin.Value;
    }

    /// <summary>An installed plugin, with its name as it was installed.</summary>
    /// <exception cref="LlmKickException">It is not installed.</exception>
    public static KeyValuePair<string, LockedPlugin> Require(PluginLock installed, string id) =>
        installed.Plugins.Where(plugin => plugin.Key.Equals(id, StringComparison.OrdinalIgnoreCase))
            .Select(plugin => (KeyValuePair<string, LockedPlugin>?)plugin).FirstOrDefault()
            ?? throw new LlmKickException($"{id} is not installed. Installed: "
                + $"{(installed.Plugins.Count == 0 ? "nothing" : string.Join(", ", installed.Plugins.Keys))}.");

    /// <summary>The newest version of a plugin that fits.</summary>
    public async Task<FoundPackage> NewestAsync(string id, VersionWish? wish, string? source, CancellationToken cancellationToken)
    {
        if (!PackageIdValidator.IsValidPackageId(id))
            throw new LlmKickException(
                $"'{id}' is no package's name: letters, digits, dots, hyphens and underscores, such as Contoso.Method.");
        return VersionChoice.Newest(id, await feeds.FindAsync(id, source, cancellationToken), wish, SharedAssemblies.SdkVersion);
    }

    private bool IsThere(FoundPackage found) =>
        folder.Lock.Plugins.TryGetValue(found.Id, out var plugin) && plugin.Version == found.Version.ToNormalizedString()
            && PluginIntegrity.Faults(Path.Combine(folder.Root, Require(folder.Lock, found.Id).Key), plugin).Count == 0;

    private async Task PrepareAsync(PluginPackage package, PackageStore store, Dictionary<string, LockedPlugin> prepared,
        CancellationToken cancellationToken)
    {
        var needs = await new DependencyResolver(feeds, store, folder.Lock, shared).ResolveAsync(package, cancellationToken);
        prepared[package.Id] = new PluginStaging(folder, assemblies, shared).Prepare(package, needs);
        foreach (var other in needs.Plugins.Where(other => !prepared.ContainsKey(other.Id)))
            await PrepareAsync(other, store, prepared, cancellationToken);
    }

    private List<PluginChange> Commit(Dictionary<string, LockedPlugin> prepared)
    {
        var before = folder.Lock;
        foreach (var id in prepared.Keys.Where(id => !before.Plugins.ContainsKey(id) && Path.Exists(Path.Combine(folder.Root, id))))
            throw new LlmKickException(
                $"'{Path.Combine(folder.Root, id)}' is there already and was not installed with 'plugin add'. Move it away first.");
        Check(before.With(prepared));
        folder.Commit(prepared);
        return [.. prepared.Select(plugin =>
            new PluginChange(plugin.Key, before.Plugins.GetValueOrDefault(plugin.Key)?.Version, plugin.Value))];
    }

    private static void Check(PluginLock next)
    {
        foreach (var (id, plugin) in next.Plugins)
            foreach (var (other, range) in plugin.Requires)
                if (!next.Plugins.TryGetValue(other, out var there)
                    || !VersionRange.Parse(range).Satisfies(NuGetVersion.Parse(there.Version)))
                    throw new LlmKickException($"{id} {plugin.Version} needs {other} {RangeText.Of(VersionRange.Parse(range))}, and then "
                        + $"{(there is null ? "none" : there.Version)} would be installed. Update or remove {id} first.");
    }
}
