using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Inspection;

/// <summary>Lists what a GGUF file holds.</summary>
internal static class GgufInspection
{
    public static ModelContents Of(string path, bool countZeros, CancellationToken cancellationToken)
    {
        using var weights = new GgufWeights(GgufFile.Open(path));
        var file = weights.File;
        var (notes, cache) = ReadingNotes.Of(weights);
        return new ModelContents
        {
            Format = "GGUF",
            Architecture = file.Metadata.Text("general.architecture"),
            Quantization = Types(file),
            Notes = notes,
            Cache = cache,
            Files = [.. GgufSplit.Files(path).Select(part => new ContentFile(Path.GetFileName(part), new FileInfo(part).Length))],
            Tensors = [.. file.Tensors.Values.Select(tensor => Tensor(file, tensor, countZeros, cancellationToken))],
        };
    }

    private static ContentTensor Tensor(GgufFile file, GgufTensor tensor, bool countZeros, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new ContentTensor(tensor.Name, tensor.Type.Name, tensor.Shape, tensor.Length,
            countZeros ? ZeroCount.Of(file, tensor) : null);
    }

    /// <summary>The types of quantized blocks, the most frequent first.</summary>
    private static string? Types(GgufFile file)
    {
        var types = file.Tensors.Values.Where(tensor => tensor.Type.Elements > 1).CountBy(tensor => tensor.Type.Name)
            .OrderByDescending(type => type.Value).ToList();
        return types.Count == 0 ? null : string.Join(", ", types.Select(type => $"{type.Value} x {type.Key}"));
    }
}
