using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace LlmKick.Transformers.Mixers;

/// <summary>Computes <see cref="Mamba2"/>.</summary>
internal sealed class StateSpace(Mamba2 spec, FusedLinear inputs, FusedLinear output, CausalConvolution convolution,
    (Tensor Decay, Tensor Step, Tensor Skip) numbers, Norm? norm) : IMixer
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [inputs, output];

    public KeyValueScheme? KeyValues { get; set; }

    public IEnumerable<(string Name, Tensor Tensor)> Parameters =>
    [
        (spec.WeightSpec.Name, convolution.Weight), .. convolution.Bias is { } bias ? ((string, Tensor)[])[(spec.BiasSpec.Name, bias)] : [],
        (spec.DecaySpec.Name, numbers.Decay), (spec.StepSpec.Name, numbers.Step), (spec.SkipSpec.Name, numbers.Skip),
        .. norm?.Tensors ?? [],
    ];

    public InputSource? SourceOf(FusedLinear linears) => null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var (batch, length) = (input.shape[0], input.shape[1]);
        var projected = inputs.Forward(spec.InputFactor == 1 ? input : input.mul(Number.Of(spec.InputFactor)), observe);
        var gate = Times(projected.narrow(-1, 0, spec.Inner), 0);
        var states = pass.Cache?.States(pass.Visit);
        var mixed = functional.silu(convolution.Forward(Mixed(projected.narrow(-1, spec.Inner, spec.Channels)), pass, states?[0]));
        var seen = Scanned(mixed, Steps(Times(projected.narrow(-1, spec.Inner + spec.Channels, spec.Heads), 4), pass), states?[1])
            .to_type(input.dtype).reshape(batch, length, -1);
        var gated = output.Forward(Gated(seen, gate), observe);
        return (spec.OutputFactor == 1 ? gated : gated.mul_(Number.Of(spec.OutputFactor))).MoveToOuterDisposeScope();
    }

    /// <summary>x, B and C with their factors.</summary>
    private Tensor Mixed(Tensor channels)
    {
        if (spec.PartFactors.Skip(1).Take(3).All(factor => factor == 1))
            return channels;
        long state = spec.Groups * spec.StateWidth;
        return cat([Times(channels.narrow(-1, 0, spec.Inner), 1), Times(channels.narrow(-1, spec.Inner, state), 2),
            Times(channels.narrow(-1, spec.Inner + state, state), 3)], -1);
    }

    private Tensor Times(Tensor part, int index) => spec.PartFactors[index] == 1 ? part : part.mul(Number.Of(spec.PartFactors[index]));

    /// <summary>dt, [batch, length, heads]; 0 for padding, which so leaves the state as it is.</summary>
    private Tensor Steps(Tensor projected, ForwardPass pass)
    {
        var steps = Layers.Activation.SoftPlus.Apply(Wide(projected).add(Wide(numbers.Step), Number.One));
        if (spec.Steps.Least > 0)
            steps = steps.clamp_min(Number.Of(spec.Steps.Least));
        if (double.IsFinite(spec.Steps.Most))
            steps = steps.clamp_max(Number.Of(spec.Steps.Most));
        return pass.Real is { } real ? steps.masked_fill(real.logical_not().unsqueeze(-1), Number.Of(0)) : steps;
    }

    /// <summary>y, [batch, length, heads, head width].</summary>
    private Tensor Scanned(Tensor mixed, Tensor steps, Tensor? state)
    {
        long group = spec.Groups * spec.StateWidth;
        var values = Wide(mixed.narrow(-1, 0, spec.Inner)).unflatten(2, [spec.Heads, spec.HeadWidth]);
        var keys = OfHeads(mixed.narrow(-1, spec.Inner, group));
        var queries = OfHeads(mixed.narrow(-1, spec.Inner + group, group));
        var decays = (steps * Wide(numbers.Decay).exp().neg_()).transpose(1, 2).unsqueeze(-1);
        var (seen, next) = DecayingState.Run(queries, keys, (values * steps.unsqueeze(-1)).transpose(1, 2), decays, null,
            state ?? zeros([mixed.shape[0], spec.Heads, spec.StateWidth, spec.HeadWidth], DecayingState.Exact, mixed.device));
        state?.copy_(next);
        return seen.transpose(1, 2).add(values * Wide(numbers.Skip).view(-1, 1), Number.One);
    }

    /// <summary>[batch, heads, length, state width]; a group serves several heads.</summary>
    private Tensor OfHeads(Tensor groups) => Wide(groups).unflatten(2, [spec.Groups, spec.StateWidth]).transpose(1, 2)
        .repeat_interleave(spec.Heads / spec.Groups, 1);

    private Tensor Gated(Tensor seen, Tensor gate)
    {
        var open = functional.silu(Wide(gate));
        if (norm is null)
            return (Wide(seen) * open).to_type(seen.dtype);
        return spec.NormsFirst ? (Wide(norm.Forward(seen)) * open).to_type(seen.dtype)
            : norm.Forward((Wide(seen) * open).to_type(seen.dtype));
    }

    private static Tensor Wide(Tensor tensor) => tensor.to_type(DecayingState.Exact);
}
