namespace LlmKick.Transformers.Layers;

/// <summary>A state that a mixer keeps of all tokens of a text together.</summary>
/// <param name="Shape">Its shape for one text.</param>
/// <param name="IsWide">Whether it is float64, whatever the model's type.</param>
internal sealed record StateShape(long[] Shape, bool IsWide);
