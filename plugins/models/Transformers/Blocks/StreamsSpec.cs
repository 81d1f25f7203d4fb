using LlmKick.Transformers.Layers;

namespace LlmKick.Transformers.Blocks;

/// <summary>
/// Alternating updates (AltUp, Baykal et al., arXiv 2301.13310; Gemma 3n): of several hidden states a block computes with one, and the
/// others follow it. With r(x) = tanh(R N(x) / width): p_j = h_j + Σ_i P(r(h_a))_ji h_i, y is the block of p_a, and
/// h_j = p_j + (1 + C(r(y))_j) (y − p_a). What the tokens' embeddings for the block make of s ⊙ h_a goes to all but the first.
/// </summary>
/// <param name="Width">Numbers of a hidden state.</param>
/// <param name="Count">Hidden states.</param>
/// <param name="Active">a, the one that blocks compute with.</param>
/// <param name="Norm">N.</param>
internal sealed record StreamsSpec(int Width, int Count, int Active, NormSpec Norm)
{
    /// <summary>Where C's numbers are cut off; null for nowhere.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether there is an s; else it is 1.</summary>
    public bool Scales { get; init; } = true;

    public IReadOnlyList<ParameterSpec> Tables =>
        [Of("modality_router.weight", Count, Width), Of("prediction_coefs.weight", Count * Count, Count),
            Of("correction_coefs.weight", Count, Count), Of("correct_output_scale", Width)];

    public IEnumerable<ParameterSpec> Parameters => [.. Tables, .. Norm.Parameters];

    public Streams Build(IPartReader reader) => new(this, [.. Tables.Select(reader.Tensor)], reader.Norm(Norm)!);

    private static ParameterSpec Of(string name, params long[] shape) => new(ParameterKind.Other, "altup." + name, shape);
}
