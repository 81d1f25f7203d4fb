using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="GatedDelta"/>.</summary>
internal sealed class DeltaNet(GatedDelta spec, FusedLinear inputs, FusedLinear output,
    IReadOnlyList<CausalConvolution> convolutions, Tensor decay, Tensor step, Norm norm) : IMixer
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [inputs, output];

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
        var (batch, length) = (input.shape[0], input.shape[1]);
        var (mixed, gate, strength, decays) = Split(inputs.Forward(input, observe));
        var convolved = DeltaParts.Convolved(convolutions, mixed, pass, pass.Cache?.States(pass.Visit));
        var queries = DeltaParts.OfUnitLength(Heads(convolved.narrow(-1, 0, spec.Queries), spec.KeyWidth))
            .mul_(Number.Of(1 / Math.Sqrt(spec.KeyWidth)));
        var keys = DeltaParts.OfUnitLength(Heads(convolved.narrow(-1, spec.Queries, spec.Queries), spec.KeyWidth));
        var values = Heads(convolved.narrow(-1, 2 * spec.Queries, spec.Values), spec.ValueWidth);
        var beta = Wide(strength).sigmoid_().mul_(Number.Of(spec.ReachesTwo ? 2 : 1));
        var log = Activation.SoftPlus.Apply(Wide(decays).add(Wide(step), Number.One)).mul_(Wide(decay).exp().neg_());
        if (pass.Real is { } real)
            (beta, log) = (beta.masked_fill(real.logical_not().unsqueeze(-1), Number.Of(0)),
                log.masked_fill(real.logical_not().unsqueeze(-1), Number.Of(0)));
        var state = pass.Cache?.States(pass.Visit)[^1];
        var (seen, next) = DecayingState.Run(queries, keys, values, log.transpose(1, 2).unsqueeze(-1), beta.transpose(1, 2),
            state ?? zeros([batch, spec.ValueHeads, spec.KeyWidth, spec.ValueWidth], DecayingState.Exact, input.device));
        state?.copy_(next);
        var normed = Wide(norm.Forward(seen.transpose(1, 2).to_type(input.dtype)));
        var gated = normed.mul_(functional.silu(Wide(gate.reshape(batch, length, spec.ValueHeads, spec.ValueWidth))));
        return output.Forward(gated.to_type(input.dtype).reshape(batch, length, -1), observe).MoveToOuterDisposeScope();
    }

    /// <summary>Queries, keys and values, [batch, length, numbers]; the gate, strengths and decays.</summary>
    private (Tensor Mixed, Tensor Gate, Tensor Strength, Tensor Decay) Split(Tensor projected)
    {
        var (mixed, values, heads) = (2 * spec.Queries + spec.Values, spec.Values, spec.ValueHeads);
        if (spec.Layout != DeltaLayout.ByKeyHead)
            return (projected.narrow(-1, 0, mixed), projected.narrow(-1, mixed, values), projected.narrow(-1, mixed + values, heads),
                projected.narrow(-1, mixed + values + heads, heads));
        var perKey = heads / spec.KeyHeads;
        var byHead = projected.narrow(-1, 0, mixed + values).unflatten(2, [spec.KeyHeads, -1]);
        var steering = projected.narrow(-1, mixed + values, 2 * heads).unflatten(2, [spec.KeyHeads, -1]);
        var (key, value) = (spec.KeyWidth, perKey * spec.ValueWidth);
        return (cat([Flat(byHead, 0, key), Flat(byHead, key, key), Flat(byHead, 2 * key, value)], -1),
            Flat(byHead, 2 * key + value, value), Flat(steering, 0, perKey), Flat(steering, perKey, perKey));
    }

    private static Tensor Flat(Tensor byHead, long first, long count) => byHead.narrow(-1, first, count).flatten(2);

    /// <summary>[batch, value heads, length, width]; a key head serves several value heads.</summary>
    private Tensor Heads(Tensor numbers, long width)
    {
        var heads = Wide(numbers).unflatten(2, [-1, width]).transpose(1, 2);
        return heads.shape[1] == spec.ValueHeads ? heads : heads.repeat_interleave(spec.ValueHeads / heads.shape[1], 1);
    }

    private static Tensor Wide(Tensor numbers) => numbers.to_type(DecayingState.Exact);
}
