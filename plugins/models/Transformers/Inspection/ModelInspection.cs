using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Folders;
using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Transformers.Inspection;

/// <summary>Lists what files hold, of whatever architecture.</summary>
internal static class ModelInspection
{
    public static ModelContents Of(string path, bool countZeros, CancellationToken cancellationToken)
    {
        if (Directory.Exists(path))
            return OfFolder(FolderWeights.Open(path), countZeros, cancellationToken);
        return TensorFolder.OpenFile(path) is { } files
            ? OfFolder(FolderWeights.Over(files), countZeros, cancellationToken)
            : GgufInspection.Of(path, countZeros, cancellationToken);
    }

    private static ModelContents OfFolder(FolderWeights weights, bool countZeros, CancellationToken cancellationToken)
    {
        using (weights)
        {
            var (notes, cache) = File.Exists(Path.Combine(weights.Path, "config.json")) ? ReadingNotes.Of(weights) : ([], []);
            return new ModelContents
            {
                Format = weights.Files.Format,
                Architecture = Architecture(weights.Path),
                Quantization = weights.Quantization,
                Notes = notes,
                Cache = cache,
                Files = [.. weights.Files.Files.Select(file => new ContentFile(Path.GetFileName(file), new FileInfo(file).Length))],
                Tensors = [.. weights.Names.Order(NaturalOrder.Instance)
                    .Select(name => Tensor(weights, name, countZeros, cancellationToken))],
            };
        }
    }

    private static ContentTensor Tensor(FolderWeights weights, string name, bool countZeros, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var stored = weights.Stored(name);
        return new ContentTensor(name, stored.Dtype, stored.Shape, stored.Bytes, countZeros ? ZeroCount.Of(weights, name) : null);
    }

    private static string? Architecture(string folder)
    {
        var path = Path.Combine(folder, "config.json");
        if (!File.Exists(path))
            return null;
        using var document = JsonFile.Read(path);
        return new Configuration.ConfigFields(path, document.RootElement).Text("model_type");
    }
}
