using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Layers;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Feeds;

/// <summary>Computes <see cref="RouterMlpSpec"/>.</summary>
internal sealed class RouterMlp(IReadOnlyList<FusedLinear> linears, Norm norm, Scale? memory)
{
    public IReadOnlyList<FusedLinear> Linears => linears;

    public IEnumerable<(string Name, Tensor Tensor)> Parameters => [.. norm.Tensors, .. Scale.All(memory)];

    /// <summary>[tokens, inner] of the first linear to [tokens, choices].</summary>
    public Tensor Forward(Tensor projected, ForwardPass pass, Action<LinearGroup, Tensor>? observe)
    {
        using var scope = NewDisposeScope();
        if (memory is not null)
            projected = memory.Apply(pass.RouterState!.flatten(0, -2).clone()).add_(projected, Number.One);
        pass.Remember(projected);
        var inner = Activation.Gelu.Apply(linears[0].Forward(norm.Forward(projected), observe));
        inner = Activation.Gelu.Apply(linears[1].Forward(inner, observe));
        return linears[2].Forward(inner, observe).MoveToOuterDisposeScope();
    }
}
