namespace LlmKick.Transformers.Configuration;

/// <summary>Rotary positions.</summary>
/// <param name="Base">θ, the base of the frequencies.</param>
/// <param name="Scaling">How the frequencies are changed for longer contexts, or null.</param>
internal sealed record RotaryConfig(double Base, IRotaryScaling? Scaling = null);
