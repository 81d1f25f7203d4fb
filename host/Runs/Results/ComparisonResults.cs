using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>A score beside another variant's, sample by sample.</summary>
/// <param name="Metric">The task's first metric.</param>
/// <param name="Ratio">The score ÷ the other's.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
/// <param name="N">Samples that both answered.</param>
/// <param name="Informative">Whether the other is significantly better than guessing.</param>
/// <param name="Matching">For each tolerance whether the score is as good.</param>
internal sealed record ComparisonResults(string Metric, double Ratio, double Low, double High, int N, bool Informative,
    IReadOnlyDictionary<string, Match> Matching)
{
    /// <summary>Clusters that the samples form; null where every sample stands alone.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Clusters { get; init; }

    /// <summary>True where there are fewer samples than intervals were simulated for; else null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? FewSamples { get; init; }

    /// <summary>The mean change of the right option's share; null where samples have no options.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeltaP { get; init; }

    /// <summary>Lower end of its 95 % interval.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeltaPLow { get; init; }

    /// <summary>Its upper end.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeltaPHigh { get; init; }

    /// <summary>The root mean square change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? DeltaPRms { get; init; }

    /// <summary>Samples that became wrong; this and what follows null where the score is no proportion.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? RightToWrong { get; init; }

    /// <summary>Samples that became right.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WrongToRight { get; init; }

    /// <summary>Samples wrong in both, with another answer.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? WrongToOtherWrong { get; init; }

    /// <summary>Share of samples won less those lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Net { get; init; }

    /// <summary>Share of samples won or lost.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Churn { get; init; }

    /// <summary>The probability of so uneven a change by chance.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? P { get; init; }

    /// <summary>The same corrected for the number of comparisons (Holm).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PHolm { get; init; }
}
