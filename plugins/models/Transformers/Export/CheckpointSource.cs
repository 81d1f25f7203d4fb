using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Weights;

namespace LlmKick.Transformers.Export;

/// <summary>Shows models to formats.</summary>
/// <param name="locate">Finds the model's files.</param>
internal sealed class CheckpointSource(Func<ModelLocation> locate) : ICheckpointSource
{
    public ICheckpointModel? Foresee(Func<LinearPlace, LinearForecast?> linears)
    {
        var location = locate();
        var source = location.Open();
        try
        {
            if (ExportedModel.Foreseen(location.Name, SpecReader.Read(source), source, linears) is { } model)
                return model;
        }
        catch
        {
            source.Dispose();
            throw;
        }
        source.Dispose();
        return null;
    }

    public ICheckpointModel Of(ILanguageModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        var location = locate();
        var blocks = model.Transformer as BlockwiseModel ?? throw new ArgumentException("The model is another loader's.", nameof(model));
        return ExportedModel.Loaded(location.Name, blocks, location.Open());
    }
}
