using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>Computes <see cref="LaurelSpec"/>.</summary>
internal sealed class Laurel(FusedLinear left, FusedLinear right, Norm norm)
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [left, right];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => norm.Tensors;

    /// <param name="mixed">What the mixer's output was added up to; changed.</param>
    /// <param name="input">The mixer's input; stays as it is.</param>
    /// <param name="observe">As in <see cref="IPart.Forward"/>.</param>
    public Tensor Forward(Tensor mixed, Tensor input, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var augmented = norm.Forward(right.Forward(left.Forward(input, observe), observe)).add_(input, Number.One);
        return mixed.add_(augmented, Number.One).mul_(Number.Of(1 / Math.Sqrt(2))).MoveToOuterDisposeScope();
    }
}
