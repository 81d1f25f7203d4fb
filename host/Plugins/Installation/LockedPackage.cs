namespace LlmKick.Plugins.Installation;

/// <summary>A package whose files were put into a plugin's folder beside the plugin's own.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Source">The feed that it came from.</param>
/// <param name="Sha512">SHA-512 of the package's file, in base64.</param>
internal sealed record LockedPackage(string Version, string Source, string Sha512);
