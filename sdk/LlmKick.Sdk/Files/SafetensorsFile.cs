using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>A memory-mapped safetensors file whose header was checked when it was opened.</summary>
public sealed class SafetensorsFile : IDisposable
{
    private readonly MappedFile _file;

    private SafetensorsFile(MappedFile file, SafetensorsHeader header) =>
        (_file, Entries, Metadata) = (file, header.Entries, header.Metadata);

    /// <summary>The path as it was given.</summary>
    public string Path => _file.Path;

    /// <summary>The tensors by name.</summary>
    public IReadOnlyDictionary<string, SafetensorsEntry> Entries { get; }

    /// <summary>The texts of <c>__metadata__</c>; empty where there are none.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Opens a file and checks its header: length, JSON, names, dtypes, shapes, offsets, gaps and overlaps.</summary>
    /// <param name="path">An existing file.</param>
    /// <exception cref="LlmKickException">The file cannot be read or is not a valid safetensors file; the message names the
    /// fault.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = MappedFile.Open(path);
        try
        {
            return new SafetensorsFile(file, SafetensorsHeader.Read(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The stored bytes of a tensor of at most 2 GB: little-endian, row-major. Valid until the file is disposed.</summary>
    /// <param name="name">A tensor's name.</param>
    /// <exception cref="LlmKickException">The file has no such tensor, or it is larger.</exception>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var entry = Entry(name);
        return entry.Length <= int.MaxValue
            ? _file.Span(entry.Offset, (int)entry.Length)
            : throw new LlmKickException($"Tensor '{name}' of '{Path}' has {entry.Length} bytes: too large to be read at once.");
    }

    /// <summary>Copies a tensor into memory as it is stored.</summary>
    /// <param name="name">A tensor's name.</param>
    /// <returns>A CPU tensor of the stored shape and dtype, owned by the caller.</returns>
    /// <exception cref="LlmKickException">The file has no such tensor, or torch has no such dtype.</exception>
    public Tensor Read(string name) => Read(name, Entry(name).Shape, 0);

    /// <summary>Copies one slice of a tensor into memory, and reads nothing of the others.</summary>
    /// <param name="name">The name of a tensor of at least one dimension.</param>
    /// <param name="slice">Its place in the first dimension.</param>
    /// <returns>A CPU tensor of the stored shape without its first dimension and of the stored dtype, owned by the caller.</returns>
    /// <exception cref="LlmKickException">The file has no such tensor or slice, or torch has no such dtype.</exception>
    public Tensor Read(string name, int slice)
    {
        var entry = Entry(name);
        return entry.Shape.Count > 0 && slice >= 0 && slice < entry.Shape[0]
            ? Read(name, [.. entry.Shape.Skip(1)], entry.Length / entry.Shape[0] * slice)
            : throw new LlmKickException($"Tensor '{name}' of '{Path}' is [{string.Join(", ", entry.Shape)}] and has no slice {slice}.");
    }

    private Tensor Read(string name, IReadOnlyList<long> shape, long start)
    {
        var entry = Entry(name);
        var type = entry.Dtype.ScalarType
            ?? throw new LlmKickException($"Tensor '{name}' of '{Path}' is stored as {entry.Dtype.Name}, which cannot be converted; use a "
                + $"checkpoint in BF16, F16 or F32.");
        var tensor = empty([.. shape], type);
        TensorBytes.ForEachPart(tensor, (part, offset) => _file.Span(entry.Offset + start + offset, part.Length).CopyTo(part));
        return tensor;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private SafetensorsEntry Entry(string name) => Entries.TryGetValue(name, out var entry)
        ? entry
        : throw new LlmKickException($"'{Path}' has no tensor '{name}'.");
}
