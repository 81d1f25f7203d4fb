using LlmKick.Sdk;
using NuGet.Configuration;

namespace LlmKick.Plugins.Installation;

/// <summary>The feeds to ask: those of the command line, otherwise those of the user's NuGet.config.</summary>
/// <param name="Sources">The feeds, in order.</param>
/// <param name="Mapping">Which packages may come from which of them; null where any may.</param>
internal sealed record FeedList(IReadOnlyList<PackageSource> Sources, PackageSourceMapping? Mapping)
{
    /// <summary>The feeds to ask.</summary>
    /// <param name="asked">Addresses and folders from the command line.</param>
    /// <param name="folder">The current folder, from which NuGet.config is looked for.</param>
    /// <exception cref="LlmKickException">There are none, or one cannot be used.</exception>
    public static FeedList Find(IReadOnlyList<string> asked, string folder)
    {
        if (asked.Count > 0)
            return new FeedList([.. asked.Select(source => Checked(FromCommandLine(source, folder)))], null);
        var settings = Load(folder);
        List<PackageSource> enabled = [.. PackageSourceProvider.LoadPackageSources(settings).Where(source => source.IsEnabled)];
        if (enabled.Count == 0)
            throw new LlmKickException("NuGet.config names no source of packages. Name one with --source.");
        return new FeedList(enabled,
            PackageSourceMapping.GetPackageSourceMapping(settings) is { IsEnabled: true } mapping ? mapping : null);
    }

    /// <summary>The feeds that a package may come from.</summary>
    public IEnumerable<PackageSource> For(string id) =>
        Mapping is null ? Sources
            : Sources.Where(source => Mapping.GetConfiguredPackageSources(id).Contains(source.Name, StringComparer.OrdinalIgnoreCase));

    /// <summary>One feed, with the credentials that NuGet.config has for it.</summary>
    public PackageSource Named(string source) => Sources.FirstOrDefault(known => known.Source == source) ?? new PackageSource(source);

    /// <summary>These with further ones.</summary>
    public FeedList With(IEnumerable<string> more) =>
        this with { Sources = [.. Sources,
            .. more.Where(source => !Sources.Any(known => known.Source == source)).Select(source => new PackageSource(source))] };

    private static ISettings Load(string folder)
    {
        try
        {
            return Settings.LoadDefaultSettings(folder);
        }
        catch (NuGetConfigurationException failure)
        {
            throw new LlmKickException($"NuGet.config cannot be used: {failure.Message} Mend it, or name a source with --source.", failure);
        }
    }

    private static PackageSource FromCommandLine(string source, string folder) =>
        new(Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? source
            : Path.GetFullPath(source, folder));

    /// <summary>Refuses a feed that cannot be used.</summary>
    public static PackageSource Checked(PackageSource source)
    {
        if (source.IsLocal && !Directory.Exists(source.Source))
            throw new LlmKickException(
                $"The source '{source.Source}' is not there. Name a folder with packages, or the address of a feed.");
        if (source.IsHttp && !source.IsHttps && !source.SourceUri.IsLoopback && !source.AllowInsecureConnections)
            throw new LlmKickException($"The source '{source.Source}' is not encrypted, so anyone on the way can change what it sends. Use "
                + $"https, or allow it with allowInsecureConnections in NuGet.config.");
        return source;
    }
}
