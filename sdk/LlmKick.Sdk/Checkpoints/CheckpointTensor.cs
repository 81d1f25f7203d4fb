using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Checkpoints;

/// <summary>A tensor of a model, to be read when its turn comes.</summary>
/// <param name="Name">Its name in Hugging Face folders, such as <c>model.layers.0.mlp.down_proj.weight</c>.</param>
/// <param name="Shape">Its shape as it is computed with; [outputs, inputs] for a linear's weight.</param>
/// <param name="Read">Reads its values, as they are computed with, in a type and into the caller's dispose scope. A forecast has none of
/// linears.</param>
public record CheckpointTensor(string Name, IReadOnlyList<long> Shape, Func<ScalarType, Tensor> Read)
{
    /// <summary>The type that the model's own files have it in; null where those are quantized.</summary>
    public ScalarType? OwnType { get; init; }

    /// <summary>How the linear whose weight it is will be stored, foreseen or as it is; null where it is no linear's weight.</summary>
    public LinearForecast? Forecast { get; init; }

    /// <summary>Opens that linear: its encoding, <see cref="Linear.Parts"/> and values; null in a forecast, and where there is
    /// none.</summary>
    public Func<Linear>? Open { get; init; }
}
