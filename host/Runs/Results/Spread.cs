namespace LlmKick.Runs.Results;

/// <summary>What a metric is over seeds: how much chance in compressing or drawing moves it, apart from what its samples leave
/// uncertain.</summary>
/// <param name="Variant">The variant; the common name of several that differ in their seeds.</param>
/// <param name="Task">The task; the common name of several that differ in their seeds.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Seeds">How many seeds.</param>
/// <param name="Mean">The mean over seeds.</param>
/// <param name="Deviation">The standard deviation between seeds (n − 1).</param>
/// <param name="Low">The least value.</param>
/// <param name="High">The greatest.</param>
/// <param name="ItemDeviation">The standard error that the samples of one seed leave, the root of the mean square over seeds.</param>
internal sealed record Spread(string Variant, string Task, string Metric, int Seeds, double Mean, double Deviation, double Low, double High,
    double ItemDeviation);
