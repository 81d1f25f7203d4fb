using System.Globalization;

namespace LlmKick.Reports.Comparisons;

/// <summary>What must be said of intervals: where there is none, and where samples are fewer than those at which the intervals' coverage
/// was simulated.</summary>
internal static class IntervalNotes
{
    /// <summary>The fewest samples at which coverage was simulated.</summary>
    public const int FewestSamples = 100;

    /// <summary>The fewest clusters at which coverage was simulated.</summary>
    public const int FewestClusters = 30;

    /// <summary>Whether a comparison has fewer samples than those.</summary>
    public static bool IsFew(Comparison one) => one.Clusters is { } clusters ? clusters < FewestClusters : one.Samples < FewestSamples;

    /// <summary>The notes, each a sentence.</summary>
    public static IEnumerable<string> Of(IReadOnlyList<Comparison> comparisons)
    {
        var none = comparisons.Where(one => double.IsNaN(one.Interval.Low) && double.IsFinite(one.Ratio))
            .DistinctBy(one => one.Task).ToList();
        if (none.Count > 0)
            yield return $"[–]: no interval can be estimated of {List(none.Select(one => one.Task))}: it takes two samples or whole "
                + $"clusters at least, and something that the dense model scores in.";
        foreach (var note in Unpaired(comparisons))
            yield return note;
        var few = comparisons.Where(one => IsFew(one) && !double.IsNaN(one.Interval.Low)).DistinctBy(one => one.Task).ToList();
        if (few.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"Take the intervals of {List(few.Select(Size))} as a rough guide: "
                + $"how often intervals hold the truth was simulated for {FewestSamples} samples or {FewestClusters} clusters and more.");
    }

    /// <summary>What must be said where samples have no score that the metric is made of.</summary>
    public static IEnumerable<string> Unpaired(IEnumerable<Comparison> comparisons) =>
        comparisons.Where(one => !one.IsPaired && !double.IsNaN(one.Interval.Low)).DistinctBy(one => (one.Task, one.Metric)).Select(one =>
            $"The interval of {one.Task} is that of the variant's {one.Metric} alone, since no samples of both have a score to pair: it "
                + "leaves out what the dense model's samples leave uncertain, and what both have in common.");

    private static string Size(Comparison one) => string.Create(CultureInfo.InvariantCulture,
        $"{one.Task} ({one.Samples:#,0} samples{(one.Clusters is { } clusters ? $" in {clusters} clusters" : "")})");

    private static string List(IEnumerable<string> items) => string.Join(", ", items);
}
