namespace LlmKick.Sdk.Compression;

/// <summary>How a linear's inputs are rounded, so that its product is one of integers: x ≈ scale · code, with codes from −127 to 127 at 8
/// bits.</summary>
/// <remarks>A token's codes never depend on other tokens: results are the same however requests are put together.</remarks>
public sealed record ActivationScheme
{
    /// <summary>Bits of a code, 2 … 8.</summary>
    /// <value>8.</value>
    public int Bits { get; init; } = 8;

    /// <summary>Which inputs share a scale.</summary>
    public required ActivationRange Range { get; init; }

    /// <summary>The scale of <see cref="ActivationRange.Tensor"/>; null for <see cref="ActivationRange.Token"/>, where it is the token's
    /// largest |x| over the largest code.</summary>
    public double? Scale { get; init; }

    /// <summary>
    /// A token's inputs of this size and above are not rounded but multiplied as floats (LLM.int8(), Dettmers et al., arXiv 2208.07339,
    /// section 3.2); null to round all.
    /// </summary>
    public double? OutlierThreshold { get; init; }

    /// <summary>The largest code.</summary>
    internal int Highest => (1 << (Bits - 1)) - 1;
}
