using LlmKick.Harness.Metrics;

namespace LlmKick.Harness.Results;

/// <summary>A row with what its answer gives.</summary>
/// <param name="Answer">The answer.</param>
/// <param name="Filters">For each filter what came out of it, and what that gives to each metric.</param>
/// <param name="Gap">The smallest difference of the two best logits on the way, or null.</param>
internal sealed record ScoredRow(RowAnswer Answer,
    IReadOnlyList<(object? Filtered, IReadOnlyDictionary<string, MetricItem> Items)> Filters, float? Gap);
