using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>A tensor of the model by its Hugging Face name, to be read when its turn comes.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Read">Reads it in a type, into the caller's dispose scope.</param>
internal sealed record ModelTensor(string Name, long[] Shape, Func<ScalarType, Tensor> Read)
{
    /// <summary>What is known of the linear whose weight it is; null where it is none's.</summary>
    public LinearFacts? Linear { get; init; }

    /// <summary>Where that linear lies.</summary>
    public LinearPlace? Place { get; init; }

    /// <summary>Opens that linear; in a forecast there is none.</summary>
    public Func<Linear>? Open { get; init; }

    public long Count => Shape.Aggregate(1L, (product, size) => product * size);
}
