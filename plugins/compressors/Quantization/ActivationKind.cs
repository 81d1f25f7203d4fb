namespace LlmKick.Quantization;

/// <summary>Where the scales of activations come from.</summary>
public enum ActivationKind
{
    /// <summary>Each token's own, found while the model runs.</summary>
    Dynamic,

    /// <summary>One for all tokens, found in calibration.</summary>
    Static,
}
