namespace LlmKick.Reports.Comparisons;

/// <summary>Where perplexity and a task part ways: the smallest sparsity at which the task has lost and perplexity has not.</summary>
/// <param name="Task">The task's comparison.</param>
/// <param name="Perplexity">Perplexity's, of the same variant.</param>
internal sealed record Parting(Comparison Task, Comparison Perplexity)
{
    /// <summary>One for each method and task that has such a sparsity.</summary>
    public static IReadOnlyList<Parting> Of(IReadOnlyList<Comparison> comparisons)
    {
        var still = comparisons.Where(one => one.Metric == Verdict.Perplexity && one.Within(Verdict.Tolerance) == Match.Matching)
            .GroupBy(one => one.Variant).ToDictionary(group => group.Key, group => group.First());
        return [.. comparisons.Where(one => one.Metric != Verdict.Perplexity && one.Within(Verdict.Tolerance) == Match.Not && still.ContainsKey(one.Variant))
            .GroupBy(one => (one.Method, one.Task)).Select(group => group.MinBy(one => one.Sparsity)!).Select(one => new Parting(one, still[one.Variant]))];
    }
}
