using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Finds the files that hold a folder's tensors.</summary>
internal static class TensorFolder
{
    private const string Safetensors = "model.safetensors";

    public static ITensorFiles Open(string folder)
    {
        if (ShardIndex.Find(folder, Safetensors) is { } shards)
            return SafetensorsFiles.Open(folder, shards);
        if (Directory.GetFiles(folder, "*.safetensors") is [var only])
            return SafetensorsFiles.Open(folder, ShardIndex.Single(Path.GetFileName(only)));
        throw new LlmKickException($"'{folder}' has neither '{Safetensors}' nor '{ShardIndex.Of(Safetensors)}'; give a folder with safetensors weights.");
    }
}
