using NuGet.Packaging.Core;
using NuGet.Protocol.Core.Types;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>One version of a package that a feed offers.</summary>
/// <param name="Id">The package's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Dependencies">What it says it needs on this framework.</param>
/// <param name="Feed">The feed.</param>
internal sealed record FoundPackage(string Id, NuGetVersion Version, IReadOnlyList<PackageDependency> Dependencies, SourceRepository Feed)
{
    /// <summary>Whether its author still shows it.</summary>
    public bool Listed { get; init; } = true;

    /// <summary>Its file's address, where the feed says.</summary>
    public Uri? Address { get; init; }

    /// <summary>SHA-512 of its file in base64, where the feed says with the list of versions.</summary>
    public string? StatedHash { get; init; }

    /// <summary>The feed's address.</summary>
    public string Source => Feed.PackageSource.Source;
}
