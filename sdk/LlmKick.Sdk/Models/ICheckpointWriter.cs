using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Models;

/// <summary>Writes compressed models as files that other programs load. A loader has one where its models can be written:
/// <see cref="IModelLoader.Checkpoints"/>.</summary>
public interface ICheckpointWriter
{
    /// <summary>What can be written.</summary>
    IReadOnlyList<CheckpointFormat> Formats { get; }

    /// <summary>Finds out what writing would come to, from the model's headers alone.</summary>
    /// <param name="settings">How it is to be written.</param>
    /// <param name="linears">What a linear will be, or null where that is not known yet.</param>
    /// <exception cref="LlmKickException">The model's files are missing or damaged, or the settings name no format or type.</exception>
    CheckpointForecast Forecast(CheckpointSettings settings, Func<LinearPlace, LinearForecast?> linears);

    /// <summary>Writes a model. Nothing is seen at the path before all is written; at most one tensor is in memory beside the model's
    /// own.</summary>
    /// <param name="model">A model that the same loader loaded, compressed or not.</param>
    /// <param name="settings">How it is written.</param>
    /// <param name="path">The file or folder to be; what lies there is replaced.</param>
    /// <param name="progress">Told after each tensor, or null.</param>
    /// <param name="cancellationToken">Stops between tensors; nothing is left then.</param>
    /// <exception cref="LlmKickException">The format cannot hold the model: the message has every reason.</exception>
    /// <exception cref="IOException">The disk is full or cannot be written.</exception>
    CheckpointResult Write(ILanguageModel model, CheckpointSettings settings, string path, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken);
}
