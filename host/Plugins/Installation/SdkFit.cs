using NuGet.Packaging.Core;
using NuGet.Versioning;

namespace LlmKick.Plugins.Installation;

/// <summary>Whether packages were made for this SDK, by what they say they depend on.</summary>
internal static class SdkFit
{
    /// <summary>The SDK's package.</summary>
    public const string PackageId = "LlmKick.Sdk";

    /// <summary>Why a package does not fit, as the end of a sentence; null where it does or does not say.</summary>
    /// <param name="dependencies">What it depends on.</param>
    /// <param name="sdk">This SDK: major and minor version. Its patches are all alike to plugins.</param>
    public static string? Fault(IEnumerable<PackageDependency> dependencies, Version sdk)
    {
        var range = dependencies.FirstOrDefault(dependency => dependency.Id.Equals(PackageId, StringComparison.OrdinalIgnoreCase))
            ?.VersionRange;
        if (range is null || range.Satisfies(new NuGetVersion(sdk.Major, sdk.Minor, 0)) || IsPatch(range.MinVersion, sdk))
            return null;
        return $"needs {PackageId} {RangeText.Of(range)}";
    }

    private static bool IsPatch(NuGetVersion? version, Version sdk) => version?.Major == sdk.Major && version.Minor == sdk.Minor;
}
