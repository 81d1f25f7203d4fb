using System.Globalization;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Comparisons;

/// <summary>
/// Says in words what a run found about the paper's claim: that knowledge is lost where perplexity hardly moves, and that what stands
/// in the context outlives what must be remembered. A loss is told where chance and seeds do not explain it, its absence where the whole
/// interval is within the tolerance; else the samples are too few to tell.
/// </summary>
/// <param name="comparisons">All comparisons of a run.</param>
internal sealed class Verdict(IReadOnlyList<Comparison> comparisons)
{
    /// <summary>A drop within this share of the dense score counts as none, as in the paper.</summary>
    public const double Tolerance = 0.05;

    /// <summary>The metric that knowledge is set against.</summary>
    public const string Perplexity = "perplexity";

    private const double Significance = 0.05;

    private readonly List<Comparison> tasks =
        [.. comparisons.Where(one => one is { HigherIsBetter: true, P: not null, IsInformative: true })];
    private readonly Dictionary<string, Comparison> perplexities = comparisons.Where(one => one.Metric == Perplexity)
        .GroupBy(one => one.Variant).ToDictionary(group => group.Key, group => group.First());
    private readonly SeedSpreads seeds = new(comparisons);

    /// <summary>Up to three sentences; none where a run has not both perplexity and a task, or no variant to compare.</summary>
    public IReadOnlyList<string> Sentences()
    {
        var measured = tasks.Where(one => perplexities.ContainsKey(one.Variant)).ToList();
        return measured.Count == 0 ? []
            : [.. OfPerplexity(measured), .. OfTasks(measured), .. OfSeeds(measured), .. OfPerplexitySeeds(measured)];
    }

    private IEnumerable<string> OfPerplexity(List<Comparison> measured)
    {
        var lost = measured.Where(IsLost).ToList();
        var hidden = lost.Where(one => Moved(one) == Match.Matching).ToList();
        if (hidden.Count > 0)
        {
            var worst = hidden.MinBy(one => one.Ratio)!;
            return [$"Perplexity hides a loss: with {worst.Variant} it {Moves(worst)}, yet {Falls(worst)} ({Chance(worst)})."];
        }
        if (lost.Count > 0)
            return [WhereLost(lost.MinBy(Rise)!, [.. measured.Where(one => Moved(one) == Match.Matching)])];
        return NothingShown(measured);
    }

    /// <summary>A loss that perplexity does not hide, as far as that is known.</summary>
    private string WhereLost(Comparison first, List<Comparison> still)
    {
        if (Moved(first) != Match.Not)
            return $"{Falls(first)} with {first.Variant} ({Chance(first)}); whether perplexity hides that loss cannot be told: it "
                + $"{Moves(first)}, {Times(first)}, and {Windows(first)} are too few.";
        var end = $"the first that is known to lose is {first.Task}, with {first.Variant}, where perplexity {Moves(first)} and "
            + $"{Falls(first)} ({Chance(first)}).";
        if (still.Find(one => one.Within(Tolerance) != Match.Matching) is not null)
            return $"Whether perplexity hides a loss cannot be told: {end} {TooFew(still)}";
        return still.Count == 0
            ? $"Perplexity shows a loss here: {end}"
            : $"Perplexity does not hide the loss here: no task lost more than {Percent(Tolerance)} where perplexity rose by less than "
                + $"that; {end}";
    }

    private IEnumerable<string> NothingShown(List<Comparison> measured)
    {
        if (measured.Where(one => one.Ratio > 1 + Tolerance && one.P < Significance && seeds.IsBeyond(one))
            .MaxBy(one => one.Ratio) is { } gained)
            yield return $"{gained.Task} even rose with {gained.Variant}, from {Percent(gained.Dense)} to {Percent(gained.Value)} "
                + $"({Chance(gained)}), where perplexity {Moves(gained)}.";
        var open = measured.FindAll(one => one.Within(Tolerance) != Match.Matching && !IsOfSeeds(one));
        if (open.Count > 0)
            yield return TooFew(open);
        else if (measured.TrueForAll(one => one.Within(Tolerance) == Match.Matching))
            yield return NothingLost(measured);
    }

    private string NothingLost(List<Comparison> measured)
    {
        var most = measured.MaxBy(Rise)!;
        var start = $"No task lost more than {Percent(Tolerance)}: all intervals, of {measured.Min(one => one.Samples)} questions or more, "
            + $"are within that";
        if (measured.TrueForAll(one => Moved(one) == Match.Matching))
            return $"{start}, and perplexity {Moves(most)} at most ({most.Variant}): these settings cost less than {Percent(Tolerance)} of "
                + $"what was measured here.";
        return Moved(most) == Match.Not
            ? $"{start}, though perplexity {Moves(most)} with {most.Variant}: it tells of a loss that these tasks do not have."
            : $"{start}; perplexity {Moves(most)} with {most.Variant}, {Times(most)}, and {Windows(most)} are too few to tell whether by "
                + $"more than {Percent(Tolerance)}.";
    }

    /// <summary>The open comparison that needs most questions.</summary>
    private static string TooFew(List<Comparison> among)
    {
        var open = among.Where(one => one.Within(Tolerance) != Match.Matching)
            .MaxBy(one => QuestionsNeeded.For(one.Churn, Tolerance * one.Dense))!;
        var many = open.Within(Tolerance) == Match.Not ? " by chance among so many comparisons" : "";
        return $"Too few questions ({Count(open.Samples)}) to tell whether {open.Task} loses more than {Percent(Tolerance)} with "
            + $"{open.Variant}{many}: {Kept(open)} of the dense model's score is kept; {QuestionsNeeded.Of(open)}.";
    }

    /// <summary>The two tasks that part most clearly at one and the same setting.</summary>
    private IEnumerable<string> OfTasks(List<Comparison> measured)
    {
        if (measured.Select(one => one.Task).Distinct().Count() < 2)
            return [];
        var pairs = from worse in measured
                    from better in measured
                    where worse.Variant == better.Variant && worse.Interval.High < better.Interval.Low && IsLost(worse)
                    orderby better.Interval.Low - worse.Interval.High descending
                    select (worse, better);
        return pairs.FirstOrDefault() is ({ } low, { } high)
            ? [$"The tasks do not fall alike: with {low.Variant}, {low.Task} keeps {Kept(low)} of the dense model's score and {high.Task} "
                + $"{Kept(high)}."]
            : ["Whether the tasks fall alike cannot be told: at no setting do two of them part by more than these questions' noise."];
    }

    private IEnumerable<string> OfSeeds(List<Comparison> measured) => measured.Where(IsOfSeeds)
        .GroupBy(one => (one.Group ?? one.Variant, one.TaskGroup ?? one.Task))
        .Select(group => group.MinBy(one => one.Ratio)!).Select(one =>
            $"{Falls(one)} with {one.Variant} ({Chance(one)}), but between seeds it differs by {Points(seeds.Of(one))}: that is no less "
                + $"than the difference of {Points(one.Dense - one.Value)}, which is not told as a loss.");

    /// <summary>Where perplexity moves by no more than its seeds are apart, such as by another order of the calibration's
    /// samples.</summary>
    private IEnumerable<string> OfPerplexitySeeds(List<Comparison> measured) =>
        measured.Select(one => perplexities[one.Variant]).Where(one => one.Ratio != 1 && seeds.Of(one) > 0 && !seeds.IsBeyond(one))
            .GroupBy(one => one.Group ?? one.Variant).Select(group => group.MaxBy(one => one.Ratio)!)
            .Select(one => $"Perplexity {Moves(one)} with {one.Variant}, and differs by {Percent(seeds.Of(one) / one.Dense)} of the dense "
                + "model's between seeds: the difference is not larger than theirs.");

    private bool IsLost(Comparison one) => Fell(one) && seeds.IsBeyond(one);

    private bool IsOfSeeds(Comparison one) => Fell(one) && !seeds.IsBeyond(one);

    private static bool Fell(Comparison one) => one.Ratio < 1 - Tolerance && one.P < Significance;

    private Match Moved(Comparison one) => perplexities[one.Variant].Within(Tolerance);

    private double Rise(Comparison one) => perplexities[one.Variant].Ratio - 1;

    private string Windows(Comparison one) => perplexities[one.Variant].Samples is var count && count == 1 ? "1 window"
        : $"{Count(count)} windows";

    private string Moves(Comparison one)
    {
        var rise = Rise(one);
        // What would be told as 0.0 %.
        return Math.Abs(rise) < 0.0005 ? "does not move" : rise > 0 ? $"rises by {Percent(rise)}" : $"falls by {Percent(-rise)}";
    }

    /// <summary>The interval of what perplexity is of the dense model's.</summary>
    private string Times(Comparison one) =>
        $"to {Percent(perplexities[one.Variant].Ratio)} {Interval(perplexities[one.Variant])} of the dense model's";

    private static string Falls(Comparison one) => $"{one.Task} falls from {Percent(one.Dense)} to {Percent(one.Value)}";

    private static string Kept(Comparison one) => $"{Percent(one.Ratio)} {Interval(one)}";

    private static string Interval(Comparison one) => double.IsNaN(one.Interval.Low) ? "[–]"
        : $"[{Percent(one.Interval.Low)}, {Percent(one.Interval.High)}]";

    private static string Chance(Comparison one) => one.P < 0.001 ? "p < 0.001"
        : string.Create(CultureInfo.InvariantCulture, $"p = {one.P:0.000}");

    private static string Count(int count) => count.ToString("#,0", CultureInfo.InvariantCulture);

    private static string Points(double share) => string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} points");

    private static string Percent(double share) => share >= 10
        ? string.Create(CultureInfo.InvariantCulture, $"{share + 1:#,0} times")
        : string.Create(CultureInfo.InvariantCulture, $"{100 * share:0.#} %");
}
