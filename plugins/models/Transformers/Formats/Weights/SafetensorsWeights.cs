using LlmKick.Sdk;
using LlmKick.Sdk.Files;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The tensors of a Hugging Face folder: one safetensors file, or shards with an index.</summary>
internal sealed class SafetensorsWeights : IWeightSource
{
    private readonly List<SafetensorsFile> _files = [];
    private readonly Dictionary<string, SafetensorsFile> _owners = new(StringComparer.Ordinal);

    private SafetensorsWeights(string path) => Path = path;

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _owners.Keys;

    public static SafetensorsWeights Open(string folder)
    {
        var weights = new SafetensorsWeights(folder);
        try
        {
            foreach (var shard in SafetensorsIndex.Read(folder))
                weights.Add(shard.Key, shard);
            return weights;
        }
        catch
        {
            weights.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _owners.ContainsKey(name);

    public IReadOnlyList<long> Shape(string name) => Owner(name).Entries[name].Shape;

    public ScalarType? StoredType(string name) =>
        Owner(name).Entries[name].Dtype.ScalarType is ScalarType.Float32 or ScalarType.BFloat16 or ScalarType.Float16 ? Owner(name).Entries[name].Dtype.ScalarType : null;

    public Tensor Read(string name, ScalarType dtype)
    {
        var stored = Owner(name).Read(name);
        if (stored.dtype == dtype)
            return stored;
        using (stored)
            return stored.to_type(dtype);
    }

    public string ContentHash()
    {
        var config = System.IO.Path.Combine(Path, "config.json");
        return Weights.ContentHash.OfFiles(_files.Select(file => file.Path).Concat(File.Exists(config) ? [config] : []));
    }

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(string shard, IEnumerable<string?> names)
    {
        var path = System.IO.Path.Combine(Path, shard);
        if (!File.Exists(path))
            throw new LlmKickException($"'{Path}' lacks the shard '{shard}' that its index names; download the folder again.");
        var file = SafetensorsFile.Open(path);
        _files.Add(file);
        foreach (var name in names.SelectMany(name => name is null ? file.Entries.Keys : (IEnumerable<string>)[name]))
            _owners[name] = file.Entries.ContainsKey(name)
                ? file
                : throw new LlmKickException($"'{path}' has no tensor '{name}', which the index of '{Path}' places there.");
    }

    private SafetensorsFile Owner(string name) => _owners.TryGetValue(name, out var file)
        ? file
        : throw new LlmKickException($"'{Path}' has no tensor '{name}'.");
}
