using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="KimiDelta"/>.</summary>
internal sealed class KimiDeltaNet(KimiDelta spec, FusedLinear inputs, (FusedLinear Decay, FusedLinear Gate)? lowRank,
    FusedLinear output, IReadOnlyList<CausalConvolution> convolutions, Tensor decay, Tensor step, Norm norm) : IMixer
{
    private readonly long _inner = spec.Inner;

    public IReadOnlyList<FusedLinear> Linears { get; } = lowRank is { } both ? [inputs, both.Decay, both.Gate, output] : [inputs, output];

    public KeyValueScheme? KeyValues { get; set; }

    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
    [
        .. spec.Convolutions.Select(own => own.Name).Zip(convolutions.Select(own => own.Weight)), (spec.DecaySpec.Name, decay),
        (spec.StepSpec.Name, step), .. norm.Tensors,
    ];

    public InputSource? SourceOf(FusedLinear linears) => null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var projected = inputs.Forward(input, observe);
        var rank = spec.Rank ?? _inner;
        var decays = projected.narrow(-1, 3 * _inner, rank);
        var gate = projected.narrow(-1, 3 * _inner + rank, rank);
        if (lowRank is { } both)
            (decays, gate) = (both.Decay.Forward(decays, observe), both.Gate.Forward(gate, observe));
        var states = pass.Cache?.States(pass.Visit);
        var heads = DeltaParts.Convolved(convolutions, projected.narrow(-1, 0, 3 * _inner), pass, states);
        var queries = DeltaParts.OfUnitLength(Heads(heads.narrow(-1, 0, _inner))).mul_(Number.Of(1 / Math.Sqrt(spec.HeadWidth)));
        var keys = DeltaParts.OfUnitLength(Heads(heads.narrow(-1, _inner, _inner)));
        var strengths = Wide(projected.narrow(-1, 3 * _inner + 2 * rank, spec.Heads)).sigmoid_();
        var log = Log(decays);
        if (pass.Real is { } real)
            (strengths, log) = (strengths.masked_fill(real.logical_not().unsqueeze(-1), Number.Of(0)),
                log.masked_fill(real.logical_not().unsqueeze(-1).unsqueeze(-1), Number.Of(0)));
        var state = states?[^1];
        var (seen, next) = DecayingState.Run(queries, keys, Heads(heads.narrow(-1, 2 * _inner, _inner)), log.transpose(1, 2),
            strengths.transpose(1, 2),
            state ?? zeros([input.shape[0], spec.Heads, spec.HeadWidth, spec.HeadWidth], DecayingState.Exact, input.device));
        state?.copy_(next);
        var normed = Wide(norm.Forward(seen.transpose(1, 2).to_type(input.dtype))).flatten(2);
        return output.Forward(normed.mul_(Wide(gate).sigmoid_()).to_type(input.dtype), observe).MoveToOuterDisposeScope();
    }

    /// <summary>ln g, [batch, length, heads, head width].</summary>
    private Tensor Log(Tensor decays)
    {
        var paces = Wide(decay).exp().view(-1, 1);
        var own = Wide(decays).add(Wide(step), Number.One).unflatten(2, [spec.Heads, spec.HeadWidth]);
        return spec.LeastDecay is { } least ? own.mul_(paces).sigmoid_().mul_(Number.Of(least))
            : Activation.SoftPlus.Apply(own).mul_(paces.neg_());
    }

    /// <summary>[batch, heads, length, head width].</summary>
    private Tensor Heads(Tensor numbers) => Wide(numbers).unflatten(2, [spec.Heads, spec.HeadWidth]).transpose(1, 2);

    private static Tensor Wide(Tensor numbers) => numbers.to_type(DecayingState.Exact);
}
