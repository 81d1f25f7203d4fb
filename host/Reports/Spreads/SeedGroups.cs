using LlmKick.Runs.Results;

namespace LlmKick.Reports.Spreads;

/// <summary>Finds variants and tasks that were repeated over seeds.</summary>
internal static class SeedGroups
{
    // A 95 % interval's half width in standard errors.
    private const double HalfWidth = 1.959964;

    /// <summary>The spread of every metric without a group, over the seeds of variants and of tasks.</summary>
    public static IReadOnlyList<Spread> Of(RunResults run) =>
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

    private static IEnumerable<Spread> Of(string variant, string name, TaskMeaning task,
        IReadOnlyList<(VariantResults Variant, string Task)> seeds) =>
        from metric in task.Metrics
        let values = seeds.Select(seed => seed.Variant.Metric(seed.Task, metric.Name)).OfType<MetricResults>()
            .Where(one => double.IsFinite(one.Value)).ToList()
        where values.Count > 1
        select Of(variant, name, values);

    /// <summary>The spread of what several seeds gave.</summary>
    public static Spread Of(string variant, string task, IReadOnlyList<MetricResults> seeds)
    {
        var (mean, least, most) = (seeds.Average(one => one.Value), seeds.Min(one => one.Value), seeds.Max(one => one.Value));
        return new Spread(variant, task, seeds[0].Name, seeds.Count, mean,
            Math.Sqrt(seeds.Sum(one => (one.Value - mean) * (one.Value - mean)) / (seeds.Count - 1)), least, most,
            Math.Sqrt(seeds.Average(one => Math.Pow((one.High - one.Low) / (2 * HalfWidth), 2))));
    }
}
