using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Reports.Comparisons;

/// <summary>A variant's score in a task beside the dense model's, sample by sample.</summary>
/// <param name="Variant">The variant.</param>
/// <param name="Task">The task.</param>
/// <param name="Metric">The task's first metric.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Chance">What guessing gives, or null.</param>
/// <param name="Samples">Samples that both answered.</param>
/// <param name="Dense">The dense model's value.</param>
/// <param name="Value">The variant's value.</param>
/// <param name="Ratio">The variant's value ÷ the dense one's.</param>
/// <param name="Interval">Its 95 % interval over the samples.</param>
/// <param name="Lost">Samples right in the dense model and wrong here; 0 where the score is no proportion.</param>
/// <param name="Won">Samples wrong in the dense model and right here; 0 where the score is no proportion.</param>
internal sealed record Comparison(
    string Variant, string Task, string Metric, bool HigherIsBetter, double? Chance, int Samples, double Dense, double Value, double Ratio,
        Interval Interval, int Lost, int Won)
{
    /// <summary>Drops that count as none; the paper's is <see cref="Verdict.Tolerance"/>.</summary>
    public static IReadOnlyList<double> Tolerances { get; } = [0.01, 0.03, 0.05, 0.10];

    /// <summary>The variant's compressors with all options but the sparsity.</summary>
    public string Method { get; init; } = "";

    /// <summary>The variant's name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    public string? Group { get; init; }

    /// <summary>The task's name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    public string? TaskGroup { get; init; }

    /// <summary>Share of zeros of the variant's pruned matrices.</summary>
    public double Sparsity { get; init; }

    /// <summary>Samples wrong in both, with another answer; 0 where the score is no proportion.</summary>
    public int OtherWrong { get; init; }

    /// <summary>Clusters that the samples form, each drawn whole; null where every sample stands alone.</summary>
    public int? Clusters { get; init; }

    /// <summary>Whether the interval is of both models' answers to the same samples, not of the variant's own value alone.</summary>
    public bool IsPaired { get; init; } = true;

    /// <summary>The lower end of the dense score's 95 % interval.</summary>
    public double DenseLow { get; init; } = double.NegativeInfinity;

    /// <summary>The probability of so uneven a change by chance (McNemar; sign-flip test of clusters); null where the score is no
    /// proportion.</summary>
    public double? RawP { get; init; }

    /// <summary><see cref="RawP"/> corrected for the number of comparisons (Holm).</summary>
    public double? P { get; init; }

    /// <summary>How probable the right option became beside the others; null where samples have no options.</summary>
    public RightOptionChange? RightOption { get; init; }

    /// <summary>Share of samples won less those lost.</summary>
    public double Net => (double)(Won - Lost) / Samples;

    /// <summary>Share of samples that went from right to wrong or back.</summary>
    public double Churn => (double)(Won + Lost) / Samples;

    /// <summary>Whether the dense model knows significantly more than guessing gives: else nothing can be lost.</summary>
    public bool IsInformative => Dense > 0 && (Chance is not { } chance || DenseLow > chance);

    /// <summary>Share of the dense score that is kept; of a metric where lower is better, one less the rise.</summary>
    public double Kept => HigherIsBetter ? Ratio : 2 - Ratio;

    /// <summary>Whether the variant does as well as the dense model. A score that is no number does not.</summary>
    /// <param name="tolerance">The drop that counts as none, as a share of the dense score; of a metric where lower is better, the
    /// rise.</param>
    public Match Within(double tolerance)
    {
        if (!IsInformative)
            return Match.Uninformative;
        if (!double.IsFinite(Ratio))
            return Match.Not;
        var (worst, best) = HigherIsBetter ? (Interval.Low, Interval.High) : (2 - Interval.High, 2 - Interval.Low);
        return worst >= 1 - tolerance ? Match.Matching : best < 1 - tolerance ? Match.Not : Match.Undecided;
    }
}
