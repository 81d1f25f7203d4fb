using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>A mixer or a feed-forward part of a block.</summary>
internal interface IPart
{
    /// <summary>Its linears; the first of them read the part's input.</summary>
    IReadOnlyList<FusedLinear> Linears { get; }

    /// <summary>How many of <see cref="Linears"/> read the part's input, in whole or, as experts do, some of its tokens.</summary>
    int Readers => 1;

    /// <summary>From the input of linears that read the part's, […, width], to what becomes of it: the part's output, or one expert's; null
    /// where that is not known.</summary>
    Func<Tensor, ForwardPass, Tensor>? From(FusedLinear linears) =>
        linears == Linears[0] ? (input, pass) => Forward(input, pass, null) : null;

    /// <summary>Where the input of linears behind the first comes from; null where its channels cannot be scaled.</summary>
    InputSource? SourceOf(FusedLinear linears);

    /// <summary>Tensors that are no linear's weight and no bias, by their names inside the block.</summary>
    IEnumerable<(string Name, Tensor Tensor)> Parameters { get; }

    /// <summary>What its router chose since it was loaded; null where it has none.</summary>
    RouterChoices? Routing => null;

    /// <summary>[batch, length, width] to [batch, length, width]; the input stays as it is.</summary>
    Tensor Forward(Tensor input, ForwardPass pass, Action<LinearGroup, Tensor>? observe);
}
