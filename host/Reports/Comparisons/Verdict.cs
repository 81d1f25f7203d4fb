using System.Globalization;

namespace LlmKick.Reports.Comparisons;

/// <summary>
/// Says in words what a run found about the paper's claim: that knowledge is lost where perplexity hardly moves, and that what stands
/// in the context outlives what must be remembered. Every word follows from the comparisons.
/// </summary>
/// <param name="comparisons">All comparisons of a run.</param>
internal sealed class Verdict(IReadOnlyList<Comparison> comparisons)
{
    /// <summary>A drop within this share of the dense score counts as none, as in the paper.</summary>
    public const double Tolerance = 0.05;

    /// <summary>The metric that knowledge is set against.</summary>
    public const string Perplexity = "perplexity";

    private const double Significance = 0.05;

    private readonly List<Comparison> tasks = [.. comparisons.Where(one => one is { HigherIsBetter: true, P: not null, IsInformative: true })];
    private readonly Dictionary<string, Comparison> perplexities = comparisons.Where(one => one.Metric == Perplexity)
        .GroupBy(one => one.Variant).ToDictionary(group => group.Key, group => group.First());

    /// <summary>Up to two sentences; none where a run has not both perplexity and a task, or no variant to compare.</summary>
    public IReadOnlyList<string> Sentences()
    {
        var measured = tasks.Where(one => perplexities.ContainsKey(one.Variant)).ToList();
        return measured.Count == 0 ? [] : [OfPerplexity(measured), .. OfTasks(measured)];
    }

    private string OfPerplexity(List<Comparison> measured)
    {
        var lost = measured.Where(IsLost).ToList();
        var hidden = lost.Where(one => Rise(one) <= Tolerance).ToList();
        if (hidden.Count > 0)
        {
            var worst = hidden.MinBy(one => one.Ratio)!;
            return $"Perplexity hides a loss: with {worst.Variant} it {Moves(worst)}, yet {Falls(worst)} ({Chance(worst)}).";
        }
        if (lost.Count > 0)
        {
            var first = lost.MinBy(Rise)!;
            return $"Perplexity does not hide the loss here: no task lost more than {Percent(Tolerance)} where perplexity rose by less than that; "
                + $"the first to lose was {first.Task}, with {first.Variant}, where perplexity {Moves(first)} and {Falls(first)} ({Chance(first)}).";
        }
        return NothingLost(measured);
    }

    private string NothingLost(List<Comparison> measured)
    {
        var most = measured.MaxBy(Rise)!;
        var gained = measured.Where(one => one.Ratio > 1 + Tolerance && one.P < Significance).MaxBy(one => one.Ratio);
        var start = $"No task lost more than {Percent(Tolerance)} as far as {measured.Min(one => one.Samples)} questions can tell";
        if (gained is not null)
            return $"{start}; {gained.Task} even rose with {gained.Variant}, from {Percent(gained.Dense)} to {Percent(gained.Value)} ({Chance(gained)}), where perplexity {Moves(gained)}.";
        return Rise(most) > Tolerance
            ? $"{start}, though perplexity {Moves(most)} with {most.Variant}: it tells of a loss that these tasks do not have."
            : $"{start}, and perplexity {Moves(most)} at most ({most.Variant}): these settings cost nothing that was measured here.";
    }

    /// <summary>The two tasks that part most clearly at one and the same setting.</summary>
    private static IEnumerable<string> OfTasks(List<Comparison> measured)
    {
        if (measured.Select(one => one.Task).Distinct().Count() < 2)
            return [];
        var pairs = from worse in measured
                    from better in measured
                    where worse.Variant == better.Variant && worse.Interval.High < better.Interval.Low && worse.Ratio < 1 - Tolerance
                    orderby better.Interval.Low - worse.Interval.High descending
                    select (worse, better);
        return pairs.FirstOrDefault() is ({ } low, { } high)
            ? [$"The tasks do not fall alike: with {low.Variant}, {low.Task} keeps {Kept(low)} of the dense model's score and {high.Task} {Kept(high)}."]
            : ["At no setting do two tasks part so far that the difference is more than these questions' noise."];
    }

    private static bool IsLost(Comparison one) => one.Ratio < 1 - Tolerance && one.P < Significance;

    private double Rise(Comparison one) => perplexities[one.Variant].Ratio - 1;

    private string Moves(Comparison one)
    {
        var rise = Rise(one);
        return Math.Abs(rise) < 0.0005 ? "does not move" : rise > 0 ? $"rises by {Percent(rise)}" : $"falls by {Percent(-rise)}";
    }

    private static string Falls(Comparison one) => $"{one.Task} falls from {Percent(one.Dense)} to {Percent(one.Value)}";

    private static string Kept(Comparison one) => $"{Percent(one.Ratio)} [{Percent(one.Interval.Low)}, {Percent(one.Interval.High)}]";

    private static string Chance(Comparison one) => one.P < 0.001 ? "p < 0.001" : string.Create(CultureInfo.InvariantCulture, $"p = {one.P:0.000}");

    private static string Percent(double share) => share >= 10
        ? string.Create(CultureInfo.InvariantCulture, $"{share + 1:#,0} times")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
