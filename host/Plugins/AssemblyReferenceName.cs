namespace LlmKick.Plugins;

/// <summary>A reference from one assembly to another.</summary>
/// <param name="Name">The other's simple name.</param>
/// <param name="Version">The version asked for.</param>
internal sealed record AssemblyReferenceName(string Name, Version Version);
