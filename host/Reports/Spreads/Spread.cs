using LlmKick.Runs.Records;

namespace LlmKick.Reports.Spreads;

/// <summary>What a metric is over seeds: how much chance in compressing or drawing moves it, apart from what its samples leave
/// uncertain.</summary>
/// <param name="Variant">The variant; the common name of several that differ in their seeds.</param>
/// <param name="Task">The task; the common name of several that differ in their seeds.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Values">Its value for each seed.</param>
/// <param name="ItemDeviation">The standard error that the samples of one seed leave, the root of the mean square over seeds.</param>
internal sealed record Spread(string Variant, string Task, string Metric, IReadOnlyList<double> Values, double ItemDeviation)
{
    // A 95 % interval's half width in standard errors.
    private const double HalfWidth = 1.959964;

    /// <summary>The mean over seeds.</summary>
    public double Mean => Values.Average();

    /// <summary>The standard deviation between seeds (n − 1).</summary>
    public double Deviation => Math.Sqrt(Values.Sum(value => (value - Mean) * (value - Mean)) / (Values.Count - 1));

    /// <summary>Makes one of what several seeds gave.</summary>
    public static Spread Of(string variant, string task, IReadOnlyList<MetricRecord> seeds) => new(
        variant, task, seeds[0].Name, [.. seeds.Select(one => one.Value)],
        Math.Sqrt(seeds.Average(one => Math.Pow((one.High - one.Low) / (2 * HalfWidth), 2))));
}
