using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a Hugging Face folder: one safetensors file, or shards with an index.</summary>
internal sealed class SafetensorsFiles : ITensorFiles
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _owners = new(StringComparer.Ordinal);

    private SafetensorsFiles(string path) => Path = path;

    public string Path { get; }

    public string Format => "safetensors";

    public IReadOnlyList<string> Files => [.. _files.Select(file => file.Path)];

    public IReadOnlyCollection<string> Names => _owners.Keys;

    public static SafetensorsFiles Open(string folder, ILookup<string, string?> shards)
    {
        var files = new SafetensorsFiles(folder);
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
        var entry = Owner(name).Entries[name];
        return new StoredTensor(entry.Dtype.Name, entry.Shape, entry.Length);
    }

    public ReadOnlySpan<byte> Bytes(string name) => Owner(name).Bytes(name);

    public Tensor Read(string name)
    {
        var file = Owner(name);
        if (!Float8.Is(file.Entries[name].Dtype.Name))
            return file.Read(name);
        var bytes = empty([.. file.Entries[name].Shape], ScalarType.Byte);
        file.Bytes(name).CopyTo(bytes.bytes);
        return bytes;
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(string shard, IEnumerable<string?> names)
    {
        var file = SafetensorsFile.Open(ShardIndex.Require(Path, shard));
        _files.Add(file);
        foreach (var name in names.SelectMany(name => name is null ? file.Entries.Keys : (IEnumerable<string>)[name]))
            _owners[name] = file.Entries.ContainsKey(name) ? file : throw ShardIndex.Missing(Path, file.Path, name);
    }

    private SafetensorsFile Owner(string name) => _owners.TryGetValue(name, out var file)
        ? file
        : throw new LlmKickException($"'{Path}' has no tensor '{name}'.");
}
