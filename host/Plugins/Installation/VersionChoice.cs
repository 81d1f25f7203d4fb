using LlmKick.Sdk;

namespace LlmKick.Plugins.Installation;

/// <summary>Chooses the version of a plugin's package.</summary>
internal static class VersionChoice
{
    private const int MaxReasons = 10;

    /// <summary>The newest version that fits.</summary>
    /// <param name="id">The package.</param>
    /// <param name="candidates">What feeds offer, the feeds in order.</param>
    /// <param name="wish">The versions that will do; null for any that is no prerelease.</param>
    /// <param name="sdk">This SDK.</param>
    /// <exception cref="LlmKickException">None fits: the reason for each.</exception>
    public static FoundPackage Newest(string id, IReadOnlyList<FoundPackage> candidates, VersionWish? wish, Version sdk)
    {
        var ordered = candidates.OrderByDescending(candidate => candidate.Version).ToList();
        return ordered.FirstOrDefault(candidate => Fault(candidate, wish, sdk) is null)
            ?? throw new LlmKickException($"No version of {id}{(wish is null ? "" : $" that is {wish}")} can be used with this llmkick "
                + $"(SDK {sdk}). {Reasons(ordered, wish, sdk)}");
    }

    private static string? Fault(FoundPackage candidate, VersionWish? wish, Version sdk) => candidate.Version switch
    {
        var version when wish is not null && !wish.Accepts(version) => "is not what was asked for",
        { IsPrerelease: true } version when wish?.AllowsPrerelease != true => $"is a prerelease (--version {version} takes it)",
        _ when !candidate.Listed && wish?.IsExact != true => "is not listed any more",
        _ => SdkFit.Fault(candidate.Dependencies, sdk),
    };

    private static string Reasons(List<FoundPackage> ordered, VersionWish? wish, Version sdk)
    {
        var wished = ordered.Where(candidate => wish?.Accepts(candidate.Version) != false).ToList();
        var reasons = (wished.Count > 0 ? wished : ordered).DistinctBy(candidate => candidate.Version)
            .Select(candidate => $"{candidate.Version} {Fault(candidate, wish, sdk)}").ToList();
        return string.Join("; ", reasons.Take(MaxReasons))
            + (reasons.Count > MaxReasons ? $"; and {reasons.Count - MaxReasons} older ones." : ".");
    }
}
