using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

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
    /// <summary>The keys of GGUF metadata that have the hidden states and the one that blocks compute with.</summary>
    public const string CountKey = "altup.num_inputs";
    public const string ActiveKey = "altup.active_idx";

    /// <summary>Where C's numbers are cut off; null for nowhere.</summary>
    public double? Clip { get; init; }

    /// <summary>Whether there is an s; else it is 1.</summary>
    public bool Scales { get; init; } = true;

    public IReadOnlyList<ParameterSpec> Tables =>
    [
        Of("modality_router.weight", "altup_router", Count, Width),
        Of("prediction_coefs.weight", "altup_predict_coef", Count * Count, Count),
        Of("correction_coefs.weight", "altup_correct_coef", Count, Count) with { GgufForm = InGguf("altup_correct_coef.weight",
            [Count, Count], tensor => Clip is { } clip ? tensor.clamp(Number.Of(-clip), Number.Of(clip)) : tensor) },
        Of("correct_output_scale", "altup_correct_scale", Width) with { GgufForm = InGguf("altup_correct_scale.weight", [Width],
            tensor => Scales ? tensor : ones_like(tensor)) },
    ];

    public IEnumerable<ParameterSpec> Parameters => [.. Tables, .. Norm.Parameters];

    public Streams Build(IPartReader reader) => new(this, [.. Tables.Select(reader.Tensor)], reader.Norm(Norm)!);

    private static ParameterSpec Of(string name, string gguf, params long[] shape) =>
        new(ParameterKind.Other, "altup." + name, shape) { Gguf = gguf + ".weight" };

    /// <summary>GGUF files have the numbers that are computed with: metadata know of no cut and of no scale that is left out.</summary>
    private static GgufForm InGguf(string name, long[] shape, Func<Tensor, Tensor> take) =>
        new([new(name, shape, take)], parts => parts[0]);
}
