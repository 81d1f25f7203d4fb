using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Checks metrics as reports need them.</summary>
internal static class MetricCheck
{
    public static IEnumerable<string> Faults(IReadOnlyList<MetricDescription> described, IReadOnlyList<Metric> metrics, int samples,
        Func<string, bool> mayBeMissing)
    {
        // Metrics of reasoning are there where a model reasons.
        foreach (var description in described.Except(ReasoningScores.Metrics)
            .Where(description => !mayBeMissing(description.Name) && metrics.All(metric => metric.Name != description.Name)))
            yield return $"there is no '{description.Name}', which Metrics describes: give it from Aggregate.";
        foreach (var twice in metrics.GroupBy(metric => metric.Name).Where(group => group.Count() > 1))
            yield return $"there are {twice.Count()} metrics '{twice.Key}': give each a name of its own.";
        foreach (var metric in metrics)
            if (Fault(metric, described, samples) is { } fault)
                yield return $"the metric '{metric.Name}' {fault}";
    }

    private static string? Fault(Metric metric, IReadOnlyList<MetricDescription> described, int samples)
    {
        if (described.All(description => metric.Name != description.Name
            && !metric.Name.StartsWith(description.Name + "/", StringComparison.Ordinal)))
            return "is not described: add it to Metrics (without its group).";
        var hasInterval = !double.IsNaN(metric.Low) || !double.IsNaN(metric.High);
        if (!double.IsFinite(metric.Value) || (hasInterval && (!double.IsFinite(metric.Low) || !double.IsFinite(metric.High))))
            return $"is {metric.Value} with an interval of {metric.Low} … {metric.High}: all three must be finite, or both ends NaN where "
                + $"samples cannot give one.";
        if (metric.Low > metric.Value || metric.Value > metric.High)
            return $"is {metric.Value}, outside its own interval of {metric.Low} … {metric.High}.";
        return metric.N < 1 || metric.N > samples ? $"says that it is of {metric.N} samples." : null;
    }
}
