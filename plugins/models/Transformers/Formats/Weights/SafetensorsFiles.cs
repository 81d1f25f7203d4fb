using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a Hugging Face folder: one safetensors file, or shards with an index.</summary>
internal sealed class SafetensorsFiles : ITensorFiles
{
    private readonly ShardOwners<SafetensorsFile> _shards;

    private SafetensorsFiles(string path, ShardOwners<SafetensorsFile> shards) => (Path, _shards) = (path, shards);

    public string Path { get; }

    public string Format => "safetensors";

    public IReadOnlyList<string> Files => [.. _shards.Files.Select(file => file.Path)];

    public IReadOnlyCollection<string> Names => _shards.Names;

    public static SafetensorsFiles Open(string folder, ILookup<string, string?> shards) =>
        new(folder, ShardOwners<SafetensorsFile>.Open(folder, shards, SafetensorsFile.Open, file => file.Entries.Keys));

    public bool Contains(string name) => _shards.Contains(name);

    public StoredTensor Describe(string name)
    {
        var entry = _shards.Of(name).Entries[name];
        return new StoredTensor(entry.Dtype.Name, entry.Shape, entry.Length);
    }

    public ReadOnlySpan<byte> Bytes(string name) => _shards.Of(name).Bytes(name);

    public Tensor Read(string name)
    {
        var file = _shards.Of(name);
        var entry = file.Entries[name];
        if (entry.Dtype.ScalarType is not null)
            return file.Read(name);
        var bytes = empty(entry.Dtype.Bits == 8 ? [.. entry.Shape] : [entry.Length], ScalarType.Byte);
        file.Bytes(name).CopyTo(bytes.bytes);
        return bytes;
    }

    public Tensor Read(string name, int slice) => _shards.Of(name).Read(name, slice);

    public void Dispose() => _shards.Dispose();
}
