using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>What the delta rule's mixers do with queries, keys and values alike.</summary>
internal static class DeltaParts
{
    // As the reference has it under the root of the length.
    private const double LengthEpsilon = 1e-6;

    /// <summary>silu of convolutions, one after another over as many channels as each has.</summary>
    /// <param name="convolutions">The convolutions.</param>
    /// <param name="mixed">[batch, length, channels].</param>
    /// <param name="pass">The pass.</param>
    /// <param name="states">The convolutions' states come first; null where nothing is kept.</param>
    public static Tensor Convolved(IReadOnlyList<CausalConvolution> convolutions, Tensor mixed, ForwardPass pass, Tensor[]? states)
    {
        var parts = new List<Tensor>();
        long first = 0;
        foreach (var (index, convolution) in convolutions.Index())
        {
            var count = convolution.Weight.shape[0];
            parts.Add(convolution.Forward(mixed.narrow(-1, first, count), pass, states?[index]));
            first += count;
        }
        return functional.silu(cat(parts, -1));
    }

    /// <summary>Heads, whose last dimension becomes 1 long.</summary>
    public static Tensor OfUnitLength(Tensor heads) =>
        heads * heads.pow(Number.Of(2)).sum(-1, keepdim: true).add_(Number.Of(LengthEpsilon), Number.One).rsqrt_();
}
