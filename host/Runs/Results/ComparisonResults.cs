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
/// <param name="Clusters">Clusters that the samples form; null where every sample stands alone.</param>
/// <param name="FewSamples">True where there are fewer samples than intervals were simulated for; else null.</param>
/// <param name="DeltaP">The mean change of the right option's share; null where samples have no options.</param>
/// <param name="DeltaPLow">Lower end of its 95 % interval.</param>
/// <param name="DeltaPHigh">Its upper end.</param>
/// <param name="DeltaPRms">The root mean square change.</param>
/// <param name="RightToWrong">Samples that became wrong; this and what follows null where the score is no proportion.</param>
/// <param name="WrongToRight">Samples that became right.</param>
/// <param name="WrongToOtherWrong">Samples wrong in both, with another answer.</param>
/// <param name="Net">Share of samples won less those lost.</param>
/// <param name="Churn">Share of samples won or lost.</param>
/// <param name="P">The probability of so uneven a change by chance.</param>
/// <param name="PHolm">The same corrected for the number of comparisons (Holm).</param>
internal sealed record ComparisonResults(string Metric, double Ratio, double Low, double High, int N, bool Informative,
    IReadOnlyDictionary<string, Match> Matching,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Clusters,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] bool? FewSamples,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? DeltaP,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? DeltaPLow,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? DeltaPHigh,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? DeltaPRms,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RightToWrong,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WrongToRight,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? WrongToOtherWrong,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Net,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Churn,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? P,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? PHolm);
