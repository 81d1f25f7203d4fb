using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Models;

/// <summary>Shows a loader's models to checkpoint formats. A loader has one where its models can be written:
/// <see cref="IModelLoader.Checkpoints"/>.</summary>
public interface ICheckpointSource
{
    /// <summary>The model as its files' headers tell it, before it is loaded and compressed.</summary>
    /// <param name="linears">What a linear will be, or null where that is not known yet.</param>
    /// <returns>The model, to be disposed; null where it is not known what a linear will be.</returns>
    /// <exception cref="LlmKickException">The model's files are missing or damaged.</exception>
    ICheckpointModel? Foresee(Func<LinearPlace, LinearForecast?> linears);

    /// <summary>A loaded model as it is now.</summary>
    /// <param name="model">A model that the same loader loaded, compressed or not.</param>
    /// <returns>The model, to be disposed before the loaded one.</returns>
    ICheckpointModel Of(ILanguageModel model);
}
