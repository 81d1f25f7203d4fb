using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>Finds how far methods can go.</summary>
internal static class Frontiers
{
    /// <summary>All frontiers, of each method and task where the dense model does better than guessing.</summary>
    public static IReadOnlyList<Frontier> Of(IReadOnlyList<Comparison> comparisons) =>
        [.. comparisons.Where(one => one.IsInformative && one.Sparsity > 0).GroupBy(one => (one.Method, one.Task))
            .Select(group => Of(group.Key.Method, group.Key.Task, [.. group]))];

    private static Frontier Of(string method, string task, IReadOnlyList<Comparison> points)
    {
        // Several seeds count together: each must match.
        var steps = points.GroupBy(one => one.Group ?? one.Variant)
            .Select(step => (Sparsity: Math.Round(step.Average(one => one.Sparsity), 6), Seeds: step.ToList()))
            .GroupBy(step => step.Sparsity, step => step.Seeds).OrderBy(step => step.Key).ToList();
        return new Frontier(method, task, Last(one => one.Kept >= 1 - Verdict.Tolerance),
            Last(one => one.Within(Verdict.Tolerance) == Match.Matching), Last(one => one.Within(Verdict.Tolerance) != Match.Not),
            steps[^1].Key);

        double Last(Func<Comparison, bool> holds) => steps.TakeWhile(step => step.SelectMany(seeds => seeds).All(holds))
            .Select(step => step.Key).LastOrDefault();
    }
}
