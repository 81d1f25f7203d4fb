using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a GGUF file, dequantised one at a time.</summary>
internal sealed class GgufWeights : IWeightSource
{
    private readonly GgufArchitecture _architecture;

    /// <summary>Takes the file over: it is closed with this source, or at once where its architecture is not known.</summary>
    public GgufWeights(GgufFile file)
    {
        File = file;
        try
        {
            _architecture = FindArchitecture(file);
            Names = [.. file.Tensors.Keys.Select(GgufTensorNames.FromGguf)];
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public GgufFile File { get; }

    public string Path => File.Path;

    public IReadOnlyCollection<string> Names { get; }

    public bool Contains(string name) => File.Tensors.ContainsKey(GgufTensorNames.ToGguf(name));

    public IReadOnlyList<long> Shape(string name) => Find(name).Shape;

    public ScalarType? StoredType(string name) => Find(name).Type.Name switch
    {
        "F32" => ScalarType.Float32,
        "F16" => ScalarType.Float16,
        "BF16" => ScalarType.BFloat16,
        _ => null,
    };

    public Tensor Read(string name, ScalarType dtype)
    {
        var tensor = GgufTensorData.Read(File, Find(name), dtype);
        if (!_architecture.PairsRotaryRows || HeadCount(name) is not { } heads)
            return tensor;
        using (tensor)
            return RotaryRows.PairsToHalves(tensor, heads, name);
    }

    public string ContentHash() => Weights.ContentHash.OfFile(Path);

    public void Dispose() => File.Dispose();

    private static GgufArchitecture FindArchitecture(GgufFile file)
    {
        var name = file.Metadata.Text("general.architecture") ?? throw file.Metadata.Missing("general.architecture");
        return GgufArchitecture.Find(name)
            ?? throw new LlmKickException($"'{file.Path}' is of the architecture '{name}', which is not supported in GGUF files; supported: {GgufArchitecture.Known}.");
    }

    private GgufTensor Find(string name) => File.Tensors.TryGetValue(GgufTensorNames.ToGguf(name), out var tensor)
        ? tensor
        : throw new LlmKickException($"'{Path}' has no tensor '{name}' ('{GgufTensorNames.ToGguf(name)}').");

    private long? HeadCount(string name)
    {
        var queries = $"{_architecture.Name}.attention.head_count";
        if (name.Contains(".self_attn.q_proj.", StringComparison.Ordinal))
            return File.Metadata.Integer(queries) ?? throw File.Metadata.Missing(queries);
        return name.Contains(".self_attn.k_proj.", StringComparison.Ordinal)
            ? File.Metadata.Integer($"{queries}_kv") ?? File.Metadata.Integer(queries) ?? throw File.Metadata.Missing(queries)
            : null;
    }
}
