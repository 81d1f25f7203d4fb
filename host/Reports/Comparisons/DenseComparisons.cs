using LlmKick.Runs;
using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Reports.Comparisons;

/// <summary>Compares every variant with the untouched form of its model, in each task's first metric.</summary>
/// <param name="plan">The plan.</param>
/// <param name="records">What the folder holds of it.</param>
/// <param name="scores">Stored scores.</param>
internal sealed class DenseComparisons(RunPlan plan, RunRecords records, StoredScores scores)
{
    /// <summary>All comparisons, in the order of variants and tasks, with p-values corrected for their number.</summary>
    public IReadOnlyList<Comparison> Make()
    {
        var made = plan.Variants.Where(variant => variant.Spec.Stages.Count > 0).SelectMany(OfVariant).ToList();
        var tested = made.Where(one => one.P is not null).ToList();
        var adjusted = Holm.Adjust([.. tested.Select(one => one.P!.Value)]);
        return [.. made.Select(one => tested.IndexOf(one) is var place and >= 0 ? one with { P = adjusted[place] } : one)];
    }

    private IEnumerable<Comparison> OfVariant(VariantPlan variant)
    {
        var dense = plan.Variants.FirstOrDefault(other => other.Spec.Stages.Count == 0 && other.Model.ContentHash == variant.Model.ContentHash);
        if (dense is null || records.Of(variant) is not { Error: null })
            yield break;
        foreach (var task in variant.Tasks)
            if (OfTask(variant, dense, task) is { } comparison)
                yield return comparison;
    }

    private Comparison? OfTask(VariantPlan variant, VariantPlan dense, TaskPlan task)
    {
        var metric = task.Create().Metrics[0];
        if (records.Of(variant, task) is not { Error: null } here || records.Of(dense, dense.Tasks.First(other => other.Name == task.Name)) is not { Error: null } there)
            return null;
        if (here.Metrics.FirstOrDefault(one => one.Name == metric.Name) is not { } value || there.Metrics.FirstOrDefault(one => one.Name == metric.Name) is not { } denseValue)
            return null;
        var paired = scores.Pair(dense.Name, variant.Name, task.Name, metric.Name);
        return paired.Count > 0 ? Proportion(variant, task, metric, denseValue.Value, value.Value, paired) : Mean(variant, task, metric, denseValue, value);
    }

    private static Comparison Proportion(VariantPlan variant, TaskPlan task, MetricDescription metric, double dense, double value, IReadOnlyList<(double Dense, double Here)> paired)
    {
        var lost = paired.Count(pair => pair is { Dense: 1, Here: 0 });
        var won = paired.Count(pair => pair is { Dense: 0, Here: 1 });
        var interval = Bootstrap.Ratio([.. paired.Select(pair => pair.Here)], [.. paired.Select(pair => pair.Dense)]);
        var isProportion = paired.All(pair => pair.Dense is 0 or 1 && pair.Here is 0 or 1);
        return new Comparison(variant.Name, task.Name, metric.Name, metric.HigherIsBetter, metric.Chance, paired.Count, dense, value, value / dense, interval, lost, won)
        {
            P = isProportion ? McNemar.Exact(lost, won) : null,
        };
    }

    // A metric that is no mean of a score of its own name, such as perplexity: its own interval is all there is.
    private static Comparison Mean(VariantPlan variant, TaskPlan task, MetricDescription metric, MetricRecord dense, MetricRecord value) => new(
        variant.Name, task.Name, metric.Name, metric.HigherIsBetter, null, value.N, dense.Value, value.Value, value.Value / dense.Value,
        new Interval(value.Low / dense.Value, value.High / dense.Value), 0, 0);
}
