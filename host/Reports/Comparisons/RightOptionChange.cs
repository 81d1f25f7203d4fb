using LlmKick.Sdk.Statistics;

namespace LlmKick.Reports.Comparisons;

/// <summary>How much less, or more, probable the right option became: its share among the options here less the dense model's.</summary>
/// <param name="Mean">The mean change.</param>
/// <param name="Interval">Its 95 % interval over the samples, whole clusters where there are any.</param>
/// <param name="Rms">The root mean square change.</param>
internal sealed record RightOptionChange(double Mean, Interval Interval, double Rms)
{
    /// <summary>The change over paired samples; null where none has options of which one is known to be right.</summary>
    /// <param name="pairs">The samples.</param>
    /// <param name="right">From a sample's id to the place of the right option.</param>
    public static RightOptionChange? Of(IReadOnlyList<PairedSample> pairs, IReadOnlyDictionary<string, int> right)
    {
        var changes = new List<(double Change, string? Cluster)>();
        foreach (var pair in pairs)
            if (right.TryGetValue(pair.Here.Id, out var place) && pair.Dense.Choices is { } before && pair.Here.Choices is { } after
                && place < Math.Min(before.Length, after.Length))
                changes.Add((Share(after, place) - Share(before, place), pair.Here.Cluster));
        if (changes.Count == 0)
            return null;
        var clusters = changes.Exists(one => one.Cluster is not null) ? changes.ConvertAll(one => one.Cluster) : null;
        return new RightOptionChange(changes.Average(one => one.Change), Bootstrap.WeightedMean(changes.ConvertAll(one => one.Change), null,
            clusters), Math.Sqrt(changes.Average(one => one.Change * one.Change)));
    }

    private static double Share(double[] logProbabilities, int place)
    {
        var greatest = logProbabilities.Max();
        return Math.Exp(logProbabilities[place] - greatest) / logProbabilities.Sum(value => Math.Exp(value - greatest));
    }
}
