using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="Gated"/>.</summary>
internal sealed class GatedFeed(Activation activation, FusedLinear gateUp, FusedLinear down) : IPart
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [gateUp, down];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => [];

    /// <summary>The rows of up, which the product is proportional to; null where it is fused with the gate.</summary>
    public InputSource? SourceOf(FusedLinear linears) =>
        linears == down && gateUp.Linears.Count == 2 ? new InputSource(gateUp.Linears[1], gateUp.Bias(1)) { Readers = down.Linears } : null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var both = gateUp.Forward(input, observe);
        var width = both.shape[^1] / 2;
        var active = activation.Apply(both.narrow(-1, 0, width)).mul_(both.narrow(-1, width, width));
        return down.Forward(active, observe).MoveToOuterDisposeScope();
    }
}
