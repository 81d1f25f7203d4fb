using LlmKick.Harness.Metrics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Harness.Results;

/// <summary>Makes a row's scores.</summary>
internal static class HarnessScores
{
    /// <summary>The part that holds the smallest difference of the two best logits on a written answer's way.</summary>
    public const string Gap = "smallest_gap";

    /// <summary>The scores of an answer.</summary>
    public static Scores Of(RowAnswer answer, IReadOnlyList<HarnessMetric> metrics)
    {
        var (values, parts) = (new Dictionary<string, double>(), new Dictionary<string, IReadOnlyList<float>>());
        var weight = 1.0;
        foreach (var (filter, _, items) in RowScorer.Score(answer))
            foreach (var metric in metrics.Where(metric => metric.Filter == filter.Name
                && answer.Sample.Definition.Metrics.Any(own => own.Name == metric.Rule.Name)))
                if (items.TryGetValue(metric.Rule.Name, out var item))
                {
                    metric.Add(item, values, parts);
                    if (metric.Rule.Name == "word_perplexity")
                        weight = item.Numbers[1];
                }
        if (answer.Written is { Gaps.Count: > 0 } written)
            parts[Gap] = [written.Gaps.Min()];
        return new Scores(values) { Weight = weight, Parts = parts, Groups = answer.Sample.Groups };
    }
}
