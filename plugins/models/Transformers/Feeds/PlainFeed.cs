using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="Plain"/>.</summary>
internal sealed class PlainFeed(Xielu? learned, Activation? activation, FusedLinear up, FusedLinear down) : IPart
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [up, down];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => learned?.Tensors ?? [];

    /// <summary>None: an activation function does not let a scale through.</summary>
    public InputSource? SourceOf(FusedLinear linears) => null;

    public Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var inner = up.Forward(input, observe);
        return down.Forward(learned?.Apply(inner) ?? activation!.Apply(inner), observe).MoveToOuterDisposeScope();
    }
}
