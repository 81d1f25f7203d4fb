using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The tensors of a folder of PyTorch checkpoints: one file, or shards with an index.</summary>
internal sealed class TorchFiles : ITensorFiles
{
    private readonly ShardOwners<TorchFile> _shards;

    private TorchFiles(string path, ShardOwners<TorchFile> shards) => (Path, _shards) = (path, shards);

    public string Path { get; }

    public string Format => "PyTorch";

    public IReadOnlyList<string> Files => [.. _shards.Files.Select(file => file.Path)];

    public IReadOnlyCollection<string> Names => _shards.Names;

    public static TorchFiles Open(string folder, ILookup<string, string?> shards) =>
        new(folder, ShardOwners<TorchFile>.Open(folder, shards, TorchFile.Open, file => file.Tensors.Keys));

    public bool Contains(string name) => _shards.Contains(name);

    public StoredTensor Describe(string name)
    {
        var tensor = _shards.Of(name).Tensors[name];
        return new StoredTensor(tensor.Dtype.Name, tensor.Shape, tensor.Count * tensor.Dtype.Size);
    }

    public ReadOnlySpan<byte> Bytes(string name)
    {
        using var tensor = Read(name);
        return tensor.bytes.ToArray();
    }

    public Tensor Read(string name) => _shards.Of(name).Read(name);

    public void Dispose() => _shards.Dispose();
}
