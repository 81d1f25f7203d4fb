using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>What a plugin's package needs.</summary>
/// <param name="Libraries">Packages whose files go into its folder.</param>
/// <param name="Plugins">Other plugins that have to be installed.</param>
/// <param name="Requires">The versions of other plugins, installed or not, that will do.</param>
internal sealed record Dependencies(IReadOnlyList<PluginPackage> Libraries, IReadOnlyList<PluginPackage> Plugins,
    IReadOnlyDictionary<string, VersionRange> Requires);
