namespace LlmKick.Transformers.Mixers;

/// <summary>Queries at position p are multiplied by 1 + β ln(1 + ⌊p / context⌋) (Llama 4, Ministral 3).</summary>
/// <param name="Beta">β.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
internal sealed record QueryGrowth(double Beta, int OriginalContext);
