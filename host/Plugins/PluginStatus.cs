namespace LlmKick.Plugins;

/// <summary>A plugin that was found, loaded or not.</summary>
/// <param name="Name">The assembly's name.</param>
/// <param name="Version">The assembly's informational version, or null where it could not be read.</param>
/// <param name="Path">The assembly's path.</param>
/// <param name="SdkVersion">The SDK it was built against, or null where it does not say.</param>
/// <param name="Problem">Why it cannot be used, as a plain sentence; null when all is well.</param>
internal sealed record PluginStatus(string Name, string? Version, string Path, string? SdkVersion, string? Problem);
