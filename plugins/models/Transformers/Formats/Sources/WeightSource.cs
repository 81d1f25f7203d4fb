using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Adapters;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Formats.Sources;

/// <summary>Opens a model by its path: a GGUF file, or a folder as Hugging Face has them.</summary>
internal static class WeightSource
{
    /// <summary>Opens a model.</summary>
    /// <param name="path">A GGUF file or a folder.</param>
    /// <param name="adapter">The folder of an adapter that is merged into the weights as they are read; null for none.</param>
    public static IWeightSource Open(string path, string? adapter = null)
    {
        if (Directory.Exists(path))
            return File.Exists(Path.Combine(path, "config.json")) || !File.Exists(Path.Combine(path, AdapterSettings.FileName))
                ? adapter is null ? FolderWeights.Open(path) : FolderWeights.Over(AdaptedFiles.Open(path, adapter))
                : throw new LlmKickException(
                    $"'{path}' is an adapter, not a model; give the folder of its base as 'path' and this folder as 'adapter'.");
        return adapter is null
            ? new GgufWeights(GgufFile.Open(path))
            : throw new LlmKickException(
                $"'{path}' is no folder, and an adapter can be merged into a folder alone; give the base's folder as 'path'.");
    }
}
