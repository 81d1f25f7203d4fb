using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Reports.Comparisons;

/// <summary>Compares two variants in a task.</summary>
/// <param name="task">The task.</param>
/// <param name="variant">The variant that is told of.</param>
/// <param name="before">The other's value.</param>
/// <param name="after">Its own.</param>
/// <param name="pairs">The samples that both answered, with their scores.</param>
internal sealed class PairComparison(TaskMeaning task, VariantResults variant, MetricResults before, MetricResults after,
    IReadOnlyList<PairedSample> pairs)
{
    private readonly MetricMeaning metric = task.Main;
    private readonly string?[]? clusters = pairs.Any(pair => pair.Here.Cluster is not null)
        ? [.. pairs.Select(pair => pair.Here.Cluster)] : null;

    /// <summary>The comparison.</summary>
    public Comparison Make()
    {
        var isProportion = metric.ExponentialOf is null && pairs.Count > 0
            && pairs.All(pair => pair.Dense.Score is 0 or 1 && pair.Here.Score is 0 or 1);
        var counts = pairs.CountBy(pair => pair.Flip).ToDictionary();
        var (lost, won) = isProportion
            ? (counts.GetValueOrDefault(Flip.RightToWrong), counts.GetValueOrDefault(Flip.WrongToRight)) : (0, 0);
        return new Comparison(variant.Name, task.Name, metric.Name, metric.HigherIsBetter, metric.Chance,
            pairs.Count > 0 ? pairs.Count : after.N,
            before.Value, after.Value, after.Value / before.Value, Interval(isProportion), lost, won)
        {
            Method = variant.Method,
            Group = variant.Group,
            TaskGroup = task.Group,
            Sparsity = variant.Sparsity?.PrunedMatrices ?? 0,
            OtherWrong = isProportion ? counts.GetValueOrDefault(Flip.WrongToOtherWrong) : 0,
            Clusters = clusters?.Select((cluster, i) => cluster ?? $"\0{i}").Distinct().Count(),
            IsPaired = pairs.Count > 0,
            DenseLow = before.Low,
            RawP = isProportion ? P(lost, won) : null,
        };
    }

    private Interval Interval(bool isProportion)
    {
        if (pairs.Count == 0) // No score of the metric's name: its own interval is all there is.
            return new Interval(after.Low / before.Value, after.High / before.Value);
        double[] weights = [.. pairs.Select(pair => pair.Here.Weight)];
        if (metric.ExponentialOf is not null)
        {
            var rise = PairedInterval.OfRatio([.. pairs.Select(pair => pair.Here.Weight * (pair.Here.Score - pair.Dense.Score))],
                weights, clusters);
            return new Interval(Math.Exp(rise.Low), Math.Exp(rise.High));
        }
        double[] dense = [.. pairs.Select(pair => pair.Here.Weight * pair.Dense.Score)];
        // Where no score changed the numbers themselves have no width, and the samples' number is all that is known.
        return isProportion || pairs.All(pair => pair.Here.Score == pair.Dense.Score)
            ? OfCounts(pairs.Max(pair => Math.Abs(pair.Dense.Score)) * weights.Sum() / dense.Sum())
            : PairedInterval.OfRatio([.. pairs.Select(pair => pair.Here.Weight * pair.Here.Score)], dense, clusters);
    }

    private Interval OfCounts(double scale)
    {
        var change = PairedInterval.OfProportions([.. pairs.Select(pair => pair.Here.Score.CompareTo(pair.Dense.Score))], clusters);
        return double.IsFinite(scale) ? new Interval(Math.Max(0, 1 + change.Low * scale), 1 + change.High * scale)
            : new Interval(double.NaN, double.NaN);
    }

    private double P(int lost, int won) => clusters is null
        ? McNemar.Exact(lost, won)
        : McNemar.Clustered(
            [.. pairs.Select((pair, i) => (Cluster: pair.Here.Cluster ?? $"\0{i}", Change: (int)(pair.Here.Score - pair.Dense.Score)))
            .GroupBy(one => one.Cluster).Select(cluster => cluster.Sum(one => one.Change))]);
}
