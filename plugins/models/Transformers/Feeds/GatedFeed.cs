using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="Gated"/>.</summary>
internal sealed class GatedFeed(Activation activation, FusedLinear gateUp, FusedLinear down) : IPart
{
    public double GateFactor { get; init; } = 1;

    public double OutputFactor { get; init; } = 1;

    public Scale? GateScale { get; init; }

    public Scale? UpScale { get; init; }

    public Norm? InnerNorm { get; init; }

    /// <summary>Where gate and up are cut off, as in gpt-oss: min(gate, l) σ(1.702 gate) (1 + up within ±l); null for nowhere.</summary>
    public double? Limit { get; init; }

    public IReadOnlyList<FusedLinear> Linears { get; } = [gateUp, down];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => [.. Scale.All(GateScale, UpScale), .. InnerNorm?.Tensors ?? []];

    /// <summary>The rows of up, which the product is proportional to; null where it is fused with the gate, or cut off, or
    /// normed.</summary>
    public InputSource? SourceOf(FusedLinear linears) =>
        linears == down && gateUp.Linears.Count == 2 && Limit is null && InnerNorm is null
            ? new InputSource(gateUp.Linears[1], gateUp.Bias(1)) { Readers = down.Linears }
            : null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var both = gateUp.Forward(input, observe);
        var width = both.shape[^1] / 2;
        var (gate, up) = (both.narrow(-1, 0, width), both.narrow(-1, width, width));
        if (GateFactor != 1)
            gate = gate.mul_(Number.Of(GateFactor));
        gate = GateScale?.Apply(gate) ?? gate;
        up = UpScale?.Apply(up) ?? up;
        var active = Limit is { } limit ? Cut(gate, up, limit) : activation.Apply(gate).mul_(up);
        var output = down.Forward(InnerNorm?.Forward(active) ?? active, observe);
        return (OutputFactor == 1 ? output : output.mul_(Number.Of(OutputFactor))).MoveToOuterDisposeScope();
    }

    // 1.702 makes x σ(1.702 x) near to GELU (Hendrycks and Gimpel, arXiv 1606.08415).
    private static Tensor Cut(Tensor gate, Tensor up, double limit)
    {
        using var scope = NewDisposeScope();
        var cut = gate.clamp_max(Number.Of(limit));
        var rest = up.clamp(Number.Of(-limit), Number.Of(limit)).add_(Number.One, Number.One);
        return cut.mul(Number.Of(1.702)).sigmoid_().mul_(cut).mul_(rest).MoveToOuterDisposeScope();
    }
}
