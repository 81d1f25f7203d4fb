namespace LlmKick.Plugins.Installation;

/// <summary>A plugin that was installed.</summary>
/// <param name="Id">Its package.</param>
/// <param name="Before">The version that was there before, if any.</param>
/// <param name="Now">What is installed now.</param>
internal sealed record PluginChange(string Id, string? Before, LockedPlugin Now);
