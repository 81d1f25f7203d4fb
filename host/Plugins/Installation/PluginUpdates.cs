using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>Newer versions of installed plugins.</summary>
/// <param name="folder">The plugin folder.</param>
/// <param name="feeds">The feeds of the command line or of NuGet.config.</param>
/// <param name="isAsked">Whether they are the command line's. Otherwise a plugin comes from the feed that it came from before, so that no
/// other feed can slip in its own.</param>
internal sealed class PluginUpdates(InstallationFolder folder, FeedList feeds, bool isAsked) : IDisposable
{
    private readonly PackageFeeds packages = new(isAsked ? feeds : feeds.With(Sources(folder.Lock)));

    /// <summary>The newest version of an installed plugin that fits; null where that is the installed one.</summary>
    public async Task<string?> NewerAsync(string id, CancellationToken cancellationToken)
    {
        var newest = await Installer.NewestAsync(id, Wish(id), Source(id), cancellationToken);
        return newest.Version > NuGetVersion.Parse(folder.Lock.Plugins[id].Version) ? newest.Version.ToNormalizedString() : null;
    }

    /// <summary>Installs it.</summary>
    public async Task<IReadOnlyList<PluginChange>> InstallAsync(string id, CancellationToken cancellationToken) =>
        await NewerAsync(id, cancellationToken) is { } newer
            ? await Installer.InstallAsync(id, VersionWish.Parse(newer, null), Source(id), cancellationToken) : [];

    /// <inheritdoc/>
    public void Dispose() => packages.Dispose();

    private PluginInstaller Installer => new(folder, packages, new SharedAssemblies(), ArchiveLimits.Default);

    private string? Source(string id) => isAsked ? null : folder.Lock.Plugins[id].Source;

    // Who has a prerelease gets newer ones too, and the release.
    private VersionWish? Wish(string id) =>
        NuGetVersion.Parse(folder.Lock.Plugins[id].Version) is { IsPrerelease: true } installed
            ? VersionWish.Parse($"[{installed}, )", null) : null;

    private static IEnumerable<string> Sources(PluginLock installed) =>
        installed.Plugins.Values.SelectMany(plugin => plugin.Packages.Values.Select(package => package.Source).Prepend(plugin.Source))
            .Distinct();
}
