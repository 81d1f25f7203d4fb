using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Where perplexity and a task part ways: the smallest sparsity at which the task has lost and perplexity has not.</summary>
/// <param name="Task">The task's comparison.</param>
/// <param name="Perplexity">Perplexity's, of the same variant.</param>
internal sealed record HiddenLoss(Comparison Task, Comparison Perplexity)
{
    /// <summary>One for each method and task that has such a sparsity.</summary>
    public static IReadOnlyList<HiddenLoss> Of(IReadOnlyList<Comparison> comparisons)
    {
        var still = comparisons.Where(one => one.Metric == Verdict.Perplexity && one.Within(Verdict.Tolerance) == Match.Matching)
            .GroupBy(one => one.Variant).ToDictionary(group => group.Key, group => group.First());
        return [.. comparisons.Where(one => one.Metric != Verdict.Perplexity && one.Within(Verdict.Tolerance) == Match.Not
            && still.ContainsKey(one.Variant))
            .GroupBy(one => (one.Method, one.Task)).Select(group => group.MinBy(one => one.Sparsity)!)
            .Select(one => new HiddenLoss(one, still[one.Variant]))];
    }

    /// <summary>What is known where there is none.</summary>
    public static string None(IReadOnlyList<Comparison> comparisons)
    {
        var still = comparisons.Where(one => one.Metric == Verdict.Perplexity && one.Within(Verdict.Tolerance) == Match.Matching)
            .Select(one => one.Variant).ToHashSet();
        var tasks = comparisons.Where(one => one.Metric != Verdict.Perplexity && one.IsInformative && still.Contains(one.Variant)).ToList();
        var open = tasks.Count(one => one.Within(Verdict.Tolerance) != Match.Matching);
        return tasks.Count == 0 ? "Nothing can be told: at no setting is perplexity known to have risen by less than 5 % beside a task in "
            + "which something can be lost."
            : open == 0 ? "Nowhere: no task has lost more than 5 % at a setting where perplexity is known to have risen by less."
            : $"Nowhere that is known: of {tasks.Count} scores at settings where perplexity is known to have risen by less than 5 %, "
                + $"{open} have too few samples to tell whether they lost more.";
    }
}
