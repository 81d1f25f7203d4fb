using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>A memory-mapped GGUF file (version 2 or 3) whose header was checked when it was opened.</summary>
internal sealed class GgufFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly Dictionary<string, GgufFile> _homes = new(StringComparer.Ordinal);
    private readonly List<GgufFile> _others = [];
    private readonly IReadOnlyList<(string Key, long Start, long End)> _pairs;

    private GgufFile(MappedFile file, GgufHeader header) =>
        (_file, _pairs, Metadata, Tensors) = (file, header.Pairs, header.Metadata, header.Tensors);

    private GgufFile(GgufFile first, List<GgufFile> others) : this(first, others, Joined([first, .. others]))
    {
    }

    private GgufFile(GgufFile first, List<GgufFile> others, IReadOnlyDictionary<string, GgufTensor> tensors)
    {
        (_file, _pairs, _others, Metadata, Tensors) = (first._file, first._pairs, others, first.Metadata, tensors);
        foreach (var other in others)
            foreach (var name in other.Tensors.Keys)
                _homes[name] = other;
    }

    public string Path => _file.Path;

    public GgufMetadata Metadata { get; }

    /// <summary>The metadata as bytes, to be written again.</summary>
    public IEnumerable<GgufPair> Pairs =>
        _pairs.Select(pair => new GgufPair(pair.Key, _file.Span(pair.Start, (int)(pair.End - pair.Start)).ToArray()));

    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    /// <summary>Opens a file, or the first part of a split one with the parts beside it.</summary>
    public static GgufFile Open(string path)
    {
        var first = OpenOne(path);
        var others = new List<GgufFile>();
        try
        {
            others.AddRange(GgufSplit.Others(path, first.Metadata).Select(OpenOne));
            return others.Count == 0 ? first : new GgufFile(first, others);
        }
        catch
        {
            others.ForEach(other => other.Dispose());
            first.Dispose();
            throw;
        }
    }

    private static GgufFile OpenOne(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new GgufFile(file, GgufHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public GgufTensor Tensor(string name) => Tensors.TryGetValue(name, out var tensor)
        ? tensor
        : throw new LlmKickException($"'{Path}' has no tensor '{name}'.");

    /// <summary>The stored bytes of some rows; valid until the file is disposed.</summary>
    public ReadOnlySpan<byte> Rows(GgufTensor tensor, long first, int count) =>
        (_homes.GetValueOrDefault(tensor.Name) ?? this)._file.Span(tensor.Offset + first * tensor.RowBytes,
            checked((int)(count * tensor.RowBytes)));

    public void Dispose()
    {
        _others.ForEach(other => other.Dispose());
        _file.Dispose();
    }

    private static Dictionary<string, GgufTensor> Joined(IReadOnlyList<GgufFile> parts)
    {
        var all = new Dictionary<string, GgufTensor>(StringComparer.Ordinal);
        foreach (var part in parts)
            foreach (var (name, tensor) in part.Tensors)
                if (!all.TryAdd(name, tensor))
                    throw new LlmKickException($"'{part.Path}' has the tensor '{name}', which another part of the same model has too: the "
                        + $"parts do not belong together.");
        return all;
    }
}
