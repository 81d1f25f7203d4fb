using System.Globalization;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a GGUF file under the file's own names, dequantised one at a time.</summary>
/// <param name="file">Taken over: it is closed with this source.</param>
internal sealed class GgufWeights(GgufFile file) : IWeightSource
{
    public GgufFile File => file;

    public string Path => file.Path;

    public IReadOnlyCollection<string> Names { get; } = [.. file.Tensors.Keys];

    /// <summary>The architecture, as <c>general.architecture</c> has it.</summary>
    public string Architecture => file.Metadata.Text("general.architecture") ?? throw file.Metadata.Missing("general.architecture");

    public bool Contains(string name) => file.Tensors.ContainsKey(name) || Listed(name) is not null;

    public IReadOnlyList<long> Shape(string name) => Listed(name) is null ? file.Tensor(name).Shape : [];

    public ScalarType? StoredType(string name) => Listed(name) is not null ? ScalarType.Float32 : file.Tensor(name).Type.Name switch
    {
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        _ => null,
    };

    public Tensor Read(string name, ScalarType dtype) =>
        Listed(name) is { } number ? tensor(number, dtype) : GgufTensorData.Read(file, file.Tensor(name), dtype);

    public Tensor Read(string name, int slice, ScalarType dtype) => GgufTensorData.Read(File, File.Tensor(name), dtype, slice);

    public string ContentHash() => GgufSplit.Files(Path) is { Count: > 1 } parts ? Weights.FileDigest.OfFiles(parts)
        : Weights.FileDigest.OfFile(Path);

    public void Dispose() => file.Dispose();

    /// <summary>A number of a list in the metadata, by <c>key[place]</c>; null for any other name.</summary>
    private float? Listed(string name) => name.EndsWith(']') && name.IndexOf('[', StringComparison.Ordinal) is > 0 and var open
        && int.TryParse(name[(open + 1)..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var place)
        && file.Metadata.Floats(name[..open]) is { } numbers && place < numbers.Length ? numbers[place] : null;
}
