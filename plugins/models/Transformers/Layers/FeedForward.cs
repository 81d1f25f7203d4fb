using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>down(silu(gate(x)) · up(x)).</summary>
internal sealed class FeedForward(FusedLinear gateUp, FusedLinear down)
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [gateUp, down];

    public Tensor Forward(Tensor input, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var both = gateUp.Forward(input, observe);
        var width = both.shape[^1] / 2;
        var active = both.narrow(-1, 0, width).silu_().mul_(both.narrow(-1, width, width));
        return down.Forward(active, observe).MoveToOuterDisposeScope();
    }
}
