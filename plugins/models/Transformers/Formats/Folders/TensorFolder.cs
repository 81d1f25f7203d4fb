using LlmKick.Sdk;
using LlmKick.Transformers.Formats.PyTorch;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Formats.Folders;

/// <summary>Finds the files that hold a folder's tensors.</summary>
internal static class TensorFolder
{
    private const string Safetensors = "model.safetensors";
    private const string PyTorch = "pytorch_model.bin";

    /// <summary>The tensors of one file, by its name's end; null where that is another.</summary>
    public static ITensorFiles? OpenFile(string path)
    {
        var (folder, file) = (Path.GetDirectoryName(Path.GetFullPath(path))!, ShardIndex.Single(Path.GetFileName(path)));
        return Path.GetExtension(path) switch
        {
            ".safetensors" => SafetensorsFiles.Open(folder, file),
            ".bin" or ".pt" or ".pth" => TorchFiles.Open(folder, file),
            _ => null,
        };
    }

    public static ITensorFiles Open(string folder)
    {
        if (ShardIndex.Find(folder, Safetensors) is { } shards)
            return SafetensorsFiles.Open(folder, shards);
        if (ShardIndex.Find(folder, PyTorch) is { } checkpoints)
            return TorchFiles.Open(folder, checkpoints);
        if (Directory.GetFiles(folder, "*.safetensors") is [var only])
            return SafetensorsFiles.Open(folder, ShardIndex.Single(Path.GetFileName(only)));
        throw new LlmKickException(
            $"'{folder}' has neither '{Safetensors}' nor '{ShardIndex.Of(Safetensors)}', nor '{PyTorch}'; give a folder with weights.");
    }
}
