namespace LlmKick.Plugins.Installation;

/// <summary>An installed plugin as the lock file records it.</summary>
internal sealed record LockedPlugin
{
    /// <summary>The package's version.</summary>
    public required string Version { get; init; }

    /// <summary>The feed that it came from.</summary>
    public required string Source { get; init; }

    /// <summary>SHA-512 of the package's file, in base64.</summary>
    public required string Sha512 { get; init; }

    /// <summary>Other plugins that it needs, with the range of versions that will do.</summary>
    public IReadOnlyDictionary<string, string> Requires { get; init; } = new Dictionary<string, string>();

    /// <summary>Packages whose files are in its folder.</summary>
    public IReadOnlyDictionary<string, LockedPackage> Packages { get; init; } = new Dictionary<string, LockedPackage>();

    /// <summary>SHA-512 in base64 of each file, by its path in the folder with forward slashes.</summary>
    public required IReadOnlyDictionary<string, string> Files { get; init; }
}

/// <summary>A package whose files were put into a plugin's folder beside the plugin's own.</summary>
/// <param name="Version">Its version.</param>
/// <param name="Source">The feed that it came from.</param>
/// <param name="Sha512">SHA-512 of the package's file, in base64.</param>
internal sealed record LockedPackage(string Version, string Source, string Sha512);
