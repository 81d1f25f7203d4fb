using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>A mixer or a feed-forward part of a block.</summary>
internal interface IPart
{
    /// <summary>Its linears; the first of them read the part's input.</summary>
    IReadOnlyList<FusedLinear> Linears { get; }

    /// <summary>Where the input of linears behind the first comes from; null where its channels cannot be scaled.</summary>
    InputSource? SourceOf(FusedLinear linears);

    /// <summary>Tensors that are no linear's weight and no bias, by their names inside the block.</summary>
    IEnumerable<(string Name, Tensor Tensor)> Parameters { get; }

    /// <summary>[batch, length, width] to [batch, length, width]; the input stays as it is.</summary>
    Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe);
}
