using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using LlmKick.Reports.Samples;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Compares every variant with the untouched form of its model, in each task's first metric.</summary>
/// <param name="run">The run.</param>
/// <param name="look">Sees the samples of each comparison while they are there; on any thread.</param>
internal sealed class DenseComparisons(RunResults run, Action<TaskMeaning, VariantResults, PairedTables>? look = null)
{
    private readonly ConcurrentDictionary<(string, string), Lazy<SampleTable>> denseTables = [];
    private readonly ConcurrentDictionary<string, Lazy<IReadOnlyDictionary<string, int>>> rightOptions = [];

    /// <summary>All comparisons, in the order of variants and tasks, with p-values corrected for their number.</summary>
    public IReadOnlyList<Comparison> Make()
    {
        var asked = from task in run.Tasks from variant in run.Variants where !variant.IsDense select (task, variant);
        List<Comparison> made;
        try
        {
            made = [.. asked.ToList().AsParallel().AsOrdered().Select(one => Of(one.task, one.variant)).OfType<Comparison>()];
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
            throw;
        }
        var order = run.Variants.Select(variant => variant.Name).ToList();
        return HolmTable.Correct([.. made.OrderBy(one => order.IndexOf(one.Variant))]);
    }

    private Comparison? Of(TaskMeaning task, VariantResults variant)
    {
        var dense = run.Variants.Where(other => other.IsDense && other.Origin.Model == variant.Origin.Model
            && other.Metric(task.Name, task.Main.Name) is not null)
            .OrderByDescending(other => other.Origin.Folder == variant.Origin.Folder).FirstOrDefault();
        if (dense?.Metric(task.Name, task.Main.Name) is not { } before || variant.Metric(task.Name, task.Main.Name) is not { } after)
            return null;
        if (!double.IsFinite(before.Value) || !double.IsFinite(after.Value))
            return null;
        var there = denseTables.GetOrAdd((dense.Name, task.Name),
            _ => new Lazy<SampleTable>(() => SampleTable.Read(dense, task))).Value;
        var tables = PairedTables.Of(there, SampleTable.Read(variant, task));
        look?.Invoke(task, variant, tables);
        return new PairComparison(task, variant, before, after, tables.Pairs)
            .Make() with { RightOption = RightOption(task, variant, tables.Pairs) };
    }

    private RightOptionChange? RightOption(TaskMeaning task, VariantResults variant, IReadOnlyList<PairedSample> pairs) => pairs.Count == 0
        || pairs[0].Here.Choices is null ? null
        : RightOptionChange.Of(pairs, rightOptions.GetOrAdd(variant.Origin.Folder.Requests(task.Name),
            path => new Lazy<IReadOnlyDictionary<string, int>>(() => RightOptions.Read(path))).Value);
}
