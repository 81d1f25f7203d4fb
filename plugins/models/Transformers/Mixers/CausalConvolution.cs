using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>y_t = b + Σ_i w_i ⊙ x_(t − taps + 1 + i), each channel by itself. Its state is the last inputs, [batch, channels, taps −
/// 1].</summary>
/// <param name="weight">[channels, 1, taps].</param>
/// <param name="bias">[channels]; null for none.</param>
internal sealed class CausalConvolution(Tensor weight, Tensor? bias)
{
    public Tensor Weight => weight;

    public Tensor? Bias => bias;

    private long Before => weight.shape[2] - 1;

    /// <param name="name">Its module.</param>
    /// <param name="channels">Channels.</param>
    /// <param name="taps">Tokens that it sees.</param>
    /// <param name="gguf">Its name in GGUF files, which have [channels, taps]; null where llama.cpp has none.</param>
    /// <param name="order">For each channel of such a file the own one; null for the same.</param>
    public static ParameterSpec WeightSpec(string name, int channels, int taps, string? gguf = null, long[]? order = null)
    {
        long[] own = [channels, 1, taps];
        return new(ParameterKind.Other, name + ".weight", own)
        {
            GgufForm = gguf is null ? null : order is null ? GgufForm.Shaped(gguf + ".weight", own, channels, taps)
                : GgufForm.OfRows(own, order, (gguf + ".weight", [channels, taps])),
        };
    }

    public static ParameterSpec BiasSpec(string name, int channels, string? gguf = null) =>
        new(ParameterKind.Other, name + ".bias", [channels]) { Gguf = gguf is null ? null : gguf + ".bias" };

    public static StateShape State(int channels, int taps) => new([channels, taps - 1], IsWide: false);

    /// <param name="input">[batch, length, channels].</param>
    /// <param name="pass">The pass, whose padding does not enter the state.</param>
    /// <param name="state">The last inputs, which the new ones are written over; null where nothing was before and nothing is kept.</param>
    /// <returns>[batch, length, channels].</returns>
    public Tensor Forward(Tensor input, ForwardPass pass, Tensor? state)
    {
        using var scope = NewDisposeScope();
        var channels = input.transpose(1, 2);
        var joined = cat([state ?? zeros([input.shape[0], input.shape[2], Before], input.dtype, input.device), channels], -1);
        var output = Sum(joined.to_type(DecayingState.Exact), weight, bias).transpose(1, 2);
        if (state is not null)
            state.copy_(Last(joined, input.shape[1], Before, pass.Cache!.Counts));
        return output.MoveToOuterDisposeScope();
    }

    /// <summary>Σ_i w_i ⊙ x_(t + i) + b: tap after tap, for libtorch's own convolution warns on every call where it lacks NNPACK.</summary>
    /// <param name="joined">float64 [batch, channels, taps − 1 + length].</param>
    /// <param name="weight">[channels, 1, taps].</param>
    /// <param name="bias">[channels]; null for none.</param>
    /// <returns>float64 [batch, channels, length].</returns>
    public static Tensor Sum(Tensor joined, Tensor weight, Tensor? bias)
    {
        using var scope = NewDisposeScope();
        var (taps, length) = (weight.shape[2], joined.shape[2] - weight.shape[2] + 1);
        var factors = weight.to_type(DecayingState.Exact).squeeze(1);
        var sum = joined.narrow(-1, 0, length).mul(factors.narrow(1, 0, 1));
        for (long tap = 1; tap < taps; tap++)
            sum.addcmul_(joined.narrow(-1, tap, length), factors.narrow(1, tap, 1), Number.One);
        return (bias is null ? sum : sum.add_(bias.to_type(DecayingState.Exact).unsqueeze(1), Number.One)).MoveToOuterDisposeScope();
    }

    /// <summary>The last inputs of each row, [batch, channels, before].</summary>
    /// <param name="joined">Those of earlier passes and of this one, [batch, channels, before + length].</param>
    /// <param name="length">Tokens of the pass, padding included.</param>
    /// <param name="before">How many are kept.</param>
    /// <param name="counts">Tokens of each row that are no padding; null where all are.</param>
    public static Tensor Last(Tensor joined, long length, long before, Tensor? counts)
    {
        if (counts is null)
            return joined.narrow(-1, length, before);
        var places = counts.view(-1, 1, 1).add(arange(Number.Of(0), Number.Of(before), Number.One, ScalarType.Int64, joined.device),
            Number.One);
        return joined.gather(-1, places.expand(-1, joined.shape[1], -1));
    }
}
