using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The tensors of a folder of PyTorch checkpoints: one file, or shards with an index.</summary>
internal sealed class TorchFiles : ITensorFiles
{
    private readonly List<TorchFile> _files = [];
    private readonly Dictionary<string, TorchFile> _owners = new(StringComparer.Ordinal);

    private TorchFiles(string path) => Path = path;

    public string Path { get; }

    public string Format => "PyTorch";

    public IReadOnlyList<string> Files => [.. _files.Select(file => file.Path)];

    public IReadOnlyCollection<string> Names => _owners.Keys;

    public static TorchFiles Open(string folder, ILookup<string, string?> shards)
    {
        var files = new TorchFiles(folder);
        try
        {
            foreach (var shard in shards)
                files.Add(shard.Key, shard);
            return files;
        }
        catch
        {
            files.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _owners.ContainsKey(name);

    public StoredTensor Describe(string name)
    {
        var tensor = Owner(name).Tensors[name];
        return new StoredTensor(tensor.Dtype.Name, tensor.Shape, tensor.Count * tensor.Dtype.Size);
    }

    public ReadOnlySpan<byte> Bytes(string name)
    {
        using var tensor = Read(name);
        return tensor.bytes.ToArray();
    }

    public Tensor Read(string name) => Owner(name).Read(name);

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(string shard, IEnumerable<string?> names)
    {
        var file = TorchFile.Open(ShardIndex.Require(Path, shard));
        _files.Add(file);
        foreach (var name in names.SelectMany(name => name is null ? file.Tensors.Keys : (IEnumerable<string>)[name]))
            _owners[name] = file.Tensors.ContainsKey(name) ? file : throw ShardIndex.Missing(Path, file.Path, name);
    }

    private TorchFile Owner(string name) => _owners.TryGetValue(name, out var file)
        ? file
        : throw new LlmKickException($"'{Path}' has no tensor '{name}'.");
}
