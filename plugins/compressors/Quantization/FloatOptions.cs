namespace LlmKick.Quantization;

/// <summary>Options of methods whose format leaves nothing to choose but the linears.</summary>
public sealed record FloatOptions : SelectionOptions;
