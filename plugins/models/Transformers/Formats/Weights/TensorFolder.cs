using LlmKick.Sdk;
using LlmKick.Transformers.Formats.PyTorch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Finds the files that hold a folder's tensors.</summary>
internal static class TensorFolder
{
    private const string Safetensors = "model.safetensors";
    private const string PyTorch = "pytorch_model.bin";

    public static ITensorFiles Open(string folder)
    {
        if (ShardIndex.Find(folder, Safetensors) is { } shards)
            return SafetensorsFiles.Open(folder, shards);
        if (ShardIndex.Find(folder, PyTorch) is { } checkpoints)
            return TorchFiles.Open(folder, checkpoints);
        if (Directory.GetFiles(folder, "*.safetensors") is [var only])
            return SafetensorsFiles.Open(folder, ShardIndex.Single(Path.GetFileName(only)));
        throw new LlmKickException($"'{folder}' has neither '{Safetensors}' nor '{ShardIndex.Of(Safetensors)}', nor '{PyTorch}'; give a folder with weights.");
    }
}
