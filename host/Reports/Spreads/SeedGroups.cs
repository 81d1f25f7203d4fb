using LlmKick.Reports.Stored;
using LlmKick.Runs.Records;

namespace LlmKick.Reports.Spreads;

/// <summary>Finds variants and tasks that were repeated over seeds.</summary>
internal static class SeedGroups
{
    /// <summary>The spread of every metric without a group, over the seeds of variants and of tasks.</summary>
    public static IReadOnlyList<Spread> Of(StoredRun run) =>
    [
        .. from @group in run.Variants.Where(variant => variant.Group is not null).GroupBy(variant => variant.Group!)
           from task in run.Tasks
           from spread in Of(@group.Key, task.Name, task, [.. @group.Select(variant => (variant, task.Name))])
           select spread,
        .. from @group in run.Tasks.Where(task => task.Group is not null).GroupBy(task => task.Group!)
           from variant in run.Variants
           from spread in Of(variant.Name, @group.Key, @group.First(), [.. @group.Select(task => (variant, task.Name))])
           select spread,
    ];

    private static IEnumerable<Spread> Of(string variant, string name, StoredTask task,
        IReadOnlyList<(StoredVariant Variant, string Task)> seeds) =>
        from metric in task.Metrics
        let values = seeds.Select(seed => seed.Variant.Metric(seed.Task, metric.Name)).OfType<MetricRecord>()
            .Where(one => double.IsFinite(one.Value)).ToList()
        where values.Count > 1
        select Spread.Of(variant, name, values);
}
