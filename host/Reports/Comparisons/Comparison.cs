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
    string Variant, string Task, string Metric, bool HigherIsBetter, double? Chance, int Samples, double Dense, double Value, double Ratio, Interval Interval, int Lost, int Won)
{
    /// <summary>The probability of so uneven a change by chance, corrected for the number of comparisons; null where the score is no proportion.</summary>
    public double? P { get; init; }

    /// <summary>Whether the dense model knows more than guessing gives: else nothing can be lost.</summary>
    public bool IsInformative => Dense > 0 && (Chance is not { } chance || Wilson.Interval((int)Math.Round(Dense * Samples), Samples).Low > chance);
}
