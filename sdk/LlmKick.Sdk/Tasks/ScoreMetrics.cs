using LlmKick.Sdk.Statistics;

namespace LlmKick.Sdk.Tasks;

/// <summary>Makes metrics of scores: one over all samples, then one for each group, named <c>metric/group</c>.</summary>
/// <remarks>Samples without the score are left out; a metric without samples is not made. Groups come in the order of their place in
/// <see cref="Scores.Groups"/>.</remarks>
public static class ScoreMetrics
{
    /// <summary>The share of samples whose score is 1. Samples count alike, whatever their weight.</summary>
    /// <remarks>The interval is <see cref="Wilson"/>'s, or the <see cref="Bootstrap"/>'s over clusters where there are any.</remarks>
    /// <param name="name">The metric and the score, which is 0 or 1.</param>
    /// <param name="scores">The scores of all samples.</param>
    public static IEnumerable<Metric> Proportion(string name, IReadOnlyList<Scores> scores) => Grouped(name, name, scores, Proportion);

    /// <summary>The weighted mean of a score, with a <see cref="Bootstrap"/> interval.</summary>
    /// <param name="name">The metric and the score.</param>
    /// <param name="scores">The scores of all samples.</param>
    public static IEnumerable<Metric> Mean(string name, IReadOnlyList<Scores> scores) => Grouped(name, name, scores, Mean);

    /// <summary>The exponential of a score's weighted mean, such as perplexity, with a <see cref="Bootstrap"/> interval.</summary>
    /// <param name="name">The metric.</param>
    /// <param name="score">The score.</param>
    /// <param name="scores">The scores of all samples.</param>
    public static IEnumerable<Metric> ExponentialOfMean(string name, string score, IReadOnlyList<Scores> scores) =>
        Grouped(name, score, scores, ExponentialOfMean);

    private static IEnumerable<Metric> Grouped(string name, string score, IReadOnlyList<Scores> scores,
        Func<IReadOnlyList<Scores>, string, (double Value, Interval Interval)> estimate)
    {
        var scored = scores.Where(s => s.Values.ContainsKey(score)).ToList();
        if (scored.Count == 0)
            yield break;
        yield return Metric(name, scored);
        foreach (var group in scored.SelectMany(s => s.Groups.Select((group, place) => (group, place, s))).GroupBy(g => g.group)
            .OrderBy(g => g.Min(s => s.place)))
            yield return Metric($"{name}/{group.Key}", [.. group.Select(g => g.s)]);

        Metric Metric(string metric, List<Scores> samples)
        {
            var (value, interval) = estimate(samples, score);
            return new Metric(metric, value, samples.Count, interval.Low, interval.High);
        }
    }

    private static (double Value, Interval Interval) Proportion(IReadOnlyList<Scores> samples, string score)
    {
        var successes = samples.Count(s => s.Values[score] == 1);
        return ((double)successes / samples.Count, Range());

        Interval Range()
        {
            if (samples.All(s => s.Cluster is null))
                return Wilson.Interval(successes, samples.Count);
            return successes == 0 || successes == samples.Count
                ? Wilson.OfAlike(successes > 0, Clusters(samples))
                : Bootstrap.WeightedMean(Values(samples, score), clusters: Clusters(samples));
        }
    }

    private static (double Value, Interval Interval) Mean(IReadOnlyList<Scores> samples, string score)
    {
        var value = samples.Sum(s => s.Weight * s.Values[score]) / samples.Sum(s => s.Weight);
        return (value, Bootstrap.WeightedMean(Values(samples, score), [.. samples.Select(s => s.Weight)], Clusters(samples)));
    }

    private static (double Value, Interval Interval) ExponentialOfMean(IReadOnlyList<Scores> samples, string score)
    {
        var (value, interval) = Mean(samples, score);
        return (Math.Exp(value), new Interval(Math.Exp(interval.Low), Math.Exp(interval.High)));
    }

    private static double[] Values(IReadOnlyList<Scores> samples, string score) => [.. samples.Select(s => s.Values[score])];

    private static string?[] Clusters(IReadOnlyList<Scores> samples) => [.. samples.Select(s => s.Cluster)];
}
