namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Options that a compressor is tried with, and what they ask for.</summary>
/// <param name="Options">Options of the registered type, as a recipe could give them.</param>
public sealed record CompressorCase(object Options)
{
    /// <summary>The share of weights that these options set to zero in every linear; null where the method is not about zeros.</summary>
    public double? Sparsity { get; init; }

    /// <summary>How far each linear's sparsity may be from it.</summary>
    /// <value>0.02: a 32 × 32 matrix of which a whole number of weights in each row goes.</value>
    public double Tolerance { get; init; } = 0.02;
}
