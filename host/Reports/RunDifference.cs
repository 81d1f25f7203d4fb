using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Samples;
using LlmKick.Runs.Results;

namespace LlmKick.Reports;

/// <summary>What differs between two runs in a variant and a task that both have.</summary>
/// <param name="Comparison">The second beside the first.</param>
/// <param name="Flips">Ids of the samples that changed, by what became of them.</param>
internal sealed record RunDifference(Comparison Comparison, IReadOnlyDictionary<Flip, IReadOnlyList<string>> Flips)
{
    /// <summary>Other metrics of the same samples in both runs. They are told and not tested: each test more would make the p-values of
    /// all larger, and these say again what the first says.</summary>
    public IReadOnlyList<(MetricResults Before, MetricResults After)> Others { get; init; } = [];

    /// <summary>All differences, with p-values corrected for their number.</summary>
    /// <exception cref="Sdk.LlmKickException">A task of one name asks different things.</exception>
    public static IReadOnlyList<RunDifference> Between(RunResults before, RunResults after)
    {
        var tasks = MergedRuns.Tasks([before, after]);
        var asked = from variant in after.Variants
                    from task in tasks
                    let other = before.Find(variant.Name)
                    where other is not null
                    select Of(task, other, variant);
        var found = asked.OfType<RunDifference>().ToList();
        return [.. HolmTable.Correct([.. found.Select(one => one.Comparison)])
            .Zip(found, (corrected, one) => one with { Comparison = corrected })];
    }

    private static RunDifference? Of(TaskMeaning task, VariantResults before, VariantResults after)
    {
        var metric = task.Main.Name;
        if (before.Metric(task.Name, metric) is not { } first || after.Metric(task.Name, metric) is not { } second)
            return null;
        if (!double.IsFinite(first.Value) || !double.IsFinite(second.Value))
            return null;
        var pairs = PairedSample.Of(SampleTable.Read(before, task), SampleTable.Read(after, task));
        var flips = pairs.GroupBy(pair => pair.Flip).Where(group => group.Key is not (Flip.SameWrong or Flip.StaysRight or Flip.Same))
            .OrderBy(group => group.Key);
        return new RunDifference(new PairComparison(task, after, first, second, pairs).Make(),
            flips.ToDictionary(group => group.Key, group => (IReadOnlyList<string>)[.. group.Select(pair => pair.Here.Id)]))
        {
            Others = [.. from other in task.Metrics.Skip(1)
                         let one = before.Metric(task.Name, other.Name)
                         let two = after.Metric(task.Name, other.Name)
                         where one is not null && two is not null
                         select (one, two)],
        };
    }
}
