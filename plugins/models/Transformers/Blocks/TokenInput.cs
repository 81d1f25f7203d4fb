using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Blocks;

/// <summary>Computes <see cref="TokenInputSpec"/>.</summary>
internal sealed class TokenInput(Activation activation, FusedLinear gate, FusedLinear projection, Norm norm)
{
    public IReadOnlyList<FusedLinear> Linears { get; } = [gate, projection];

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => norm.Tensors;

    /// <param name="hidden">[batch, length, width]; stays as it is.</param>
    /// <param name="inputs">The tokens' embeddings for this block, [batch, length, inner].</param>
    /// <param name="observe">As in <see cref="IPart.Forward"/>.</param>
    public Tensor Forward(Tensor hidden, Tensor inputs, Action<LinearGroup, Tensor>? observe) =>
        Made(hidden, inputs, observe).add_(hidden, Number.One);

    /// <summary>The same without what it is added to.</summary>
    public Tensor Made(Tensor hidden, Tensor inputs, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        var gated = activation.Apply(gate.Forward(hidden, observe)).mul_(inputs);
        return norm.Forward(projection.Forward(gated, observe)).MoveToOuterDisposeScope();
    }
}
