using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Opens a model by its path: a GGUF file, or a folder as Hugging Face has them.</summary>
internal static class WeightSource
{
    public static IWeightSource Open(string path)
    {
        if (Directory.Exists(path))
            return FolderWeights.Open(path);
        if (!File.Exists(path))
            throw new LlmKickException($"'{path}' does not exist; give a GGUF file or a folder with config.json and safetensors.");
        return new GgufWeights(GgufFile.Open(path));
    }
}
