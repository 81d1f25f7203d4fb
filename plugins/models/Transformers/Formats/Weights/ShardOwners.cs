using LlmKick.Sdk;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>The files of a folder's shards, and which of them has each tensor.</summary>
/// <typeparam name="TFile">An opened shard.</typeparam>
internal sealed class ShardOwners<TFile> : IDisposable where TFile : class, IDisposable
{
    private readonly List<TFile> _files = [];
    private readonly Dictionary<string, TFile> _owners = new(StringComparer.Ordinal);
    private readonly string _folder;

    private ShardOwners(string folder) => _folder = folder;

    public IReadOnlyList<TFile> Files => _files;

    public IReadOnlyCollection<string> Names => _owners.Keys;

    /// <summary>Opens all shards; none stays open where one is wrong.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="shards">From a shard's file name to the tensors it must have; null for all that it has.</param>
    /// <param name="open">Opens a shard by its path.</param>
    /// <param name="names">The tensors in a shard.</param>
    /// <exception cref="LlmKickException">A shard is missing or damaged, or lacks a tensor.</exception>
    public static ShardOwners<TFile> Open(string folder, ILookup<string, string?> shards, Func<string, TFile> open,
        Func<TFile, IEnumerable<string>> names)
    {
        var owners = new ShardOwners<TFile>(folder);
        try
        {
            foreach (var shard in shards)
                owners.Add(ShardIndex.Require(folder, shard.Key), shard, open, names);
            return owners;
        }
        catch
        {
            owners.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => _owners.ContainsKey(name);

    /// <summary>The file that has a tensor.</summary>
    /// <exception cref="LlmKickException">None has it.</exception>
    public TFile Of(string name) => _owners.TryGetValue(name, out var file) ? file
        : throw new LlmKickException($"'{_folder}' has no tensor '{name}'.");

    public void Dispose() => _files.ForEach(file => file.Dispose());

    private void Add(string path, IEnumerable<string?> wanted, Func<string, TFile> open, Func<TFile, IEnumerable<string>> names)
    {
        var file = open(path);
        _files.Add(file);
        var known = names(file).ToHashSet(StringComparer.Ordinal);
        foreach (var name in wanted.SelectMany(name => name is null ? known : (IEnumerable<string>)[name]))
            _owners[name] = known.Contains(name) ? file : throw ShardIndex.Missing(_folder, path, name);
    }
}
