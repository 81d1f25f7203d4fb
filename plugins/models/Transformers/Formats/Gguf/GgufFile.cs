using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>A memory-mapped GGUF file (version 2 or 3) whose header was checked when it was opened.</summary>
internal sealed class GgufFile : IDisposable
{
    private readonly MappedFile _file;
    private readonly IReadOnlyList<(string Key, long Start, long End)> _pairs;

    private GgufFile(MappedFile file, GgufHeader header) =>
        (_file, _pairs, Metadata, Tensors) = (file, header.Pairs, header.Metadata, header.Tensors);

    public string Path => _file.Path;

    public GgufMetadata Metadata { get; }

    /// <summary>The metadata as bytes, to be written again.</summary>
    public IEnumerable<GgufPair> Pairs => _pairs.Select(pair => new GgufPair(pair.Key, _file.Span(pair.Start, (int)(pair.End - pair.Start)).ToArray()));

    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    public static GgufFile Open(string path)
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
        _file.Span(tensor.Offset + first * tensor.RowBytes, checked((int)(count * tensor.RowBytes)));

    public void Dispose() => _file.Dispose();
}
