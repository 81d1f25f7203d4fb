using System.Globalization;

namespace LlmKick.Reports.Comparisons;

/// <summary>What a run must keep to pass.</summary>
internal static class RecoveryGate
{
    /// <summary>A sentence for each comparison that keeps too little, or of which nothing can be judged.</summary>
    /// <param name="comparisons">The comparisons.</param>
    /// <param name="recovery">Share of the other score that must be kept.</param>
    /// <param name="other">What is compared with, in words.</param>
    public static IEnumerable<string> Breaches(IEnumerable<Comparison> comparisons, double recovery, string other) =>
        comparisons.Where(one => !one.IsInformative || !(one.Kept >= recovery)).Select(one => one.IsInformative
            ? string.Create(CultureInfo.InvariantCulture, $"{one.Variant}/{one.Task}: {one.Metric} is {one.Value:0.####} beside "
                + $"{one.Dense:0.####} of {other}: {Kept(one.Kept)}, and {100 * recovery:0.##} % is required.")
            : string.Create(CultureInfo.InvariantCulture, $"{one.Variant}/{one.Task}: nothing could be judged: {one.Metric} of {other} is "
                + $"{one.Dense:0.####}, {Baseless(one)}. Ask more questions, or leave the task out."));

    private static string Baseless(Comparison one) => one.Chance is { } chance && one.Dense > 0
        ? string.Create(CultureInfo.InvariantCulture, $"which is not known to be above chance ({chance:0.####})")
        : "of which nothing can be lost";

    /// <summary>A sentence for each comparison that is wanted and was not made.</summary>
    /// <param name="wanted">The comparisons that are to be judged.</param>
    /// <param name="made">Those that there are.</param>
    public static IReadOnlyList<string> Missing(IReadOnlyList<(string Variant, string Task)> wanted, IEnumerable<Comparison> made)
    {
        var known = made.Select(one => (one.Variant, one.Task)).ToHashSet();
        return wanted.Count == 0
            ? ["nothing could be judged: no compressed variant was asked for in a task that recovery holds for."]
            : [.. wanted.Where(one => !known.Contains(one)).Select(one =>
                $"{one.Variant}/{one.Task}: nothing could be judged: it or the dense model has no finite score, or failed.")];
    }

    private static string Kept(double share) => share < 0
        ? "more than all is lost"
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.0} % is kept");
}
