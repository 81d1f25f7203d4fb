using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>Writes safetensors files that appear whole or not at all.</summary>
public static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes tensors to a file; an older one is replaced at the end.</summary>
    /// <param name="path">Where the file will be.</param>
    /// <param name="tensors">The tensors by name, on any device. Larger element types come first, then by name.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; Hugging Face loaders want <c>format: pt</c>, the default.</param>
    /// <exception cref="LlmKickException">A tensor's dtype has no place in the format.</exception>
    /// <exception cref="IOException">The disk is full or the folder cannot be written.</exception>
    public static void Write(string path, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var file = new AtomicFile(path);
        WriteTo(file.Stream, tensors, metadata);
        file.Commit();
    }

    /// <summary>Writes tensors to a stream.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="tensors">The tensors by name, on any device. Larger element types come first, then by name.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for <c>format: pt</c>, which Hugging Face loaders want.</param>
    /// <exception cref="LlmKickException">A tensor's dtype has no place in the format.</exception>
    public static void WriteTo(Stream stream, IReadOnlyDictionary<string, Tensor> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var rows = tensors.Select(pair => (Name: pair.Key, Tensor: pair.Value, Dtype: Dtype(pair.Key, pair.Value)))
            .OrderByDescending(row => row.Dtype.Size).ThenBy(row => row.Name, StringComparer.Ordinal).ToList();
        WriteHeader(stream, Header(rows, metadata ?? new Dictionary<string, string> { ["format"] = "pt" }));
        foreach (var (_, tensor, _) in rows)
            WriteData(stream, tensor);
    }

    private static SafetensorsDtype Dtype(string name, Tensor tensor) => SafetensorsDtype.Find(tensor.dtype)
        ?? throw new LlmKickException($"Tensor '{name}' is {tensor.dtype}, which safetensors files cannot hold.");

    private static byte[] Header(IEnumerable<(string Name, Tensor Tensor, SafetensorsDtype Dtype)> rows, IReadOnlyDictionary<string, string> metadata)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = metadata };
        long position = 0;
        foreach (var (name, tensor, dtype) in rows)
        {
            var end = position + tensor.numel() * dtype.Size;
            header.Add(name, new { dtype = dtype.Name, tensor.shape, data_offsets = new[] { position, end } });
            position = end;
        }
        return JsonSerializer.SerializeToUtf8Bytes(header);
    }

    private static void WriteHeader(Stream stream, byte[] json)
    {
        var padded = (json.Length + Alignment - 1) / Alignment * Alignment;
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)padded);
        stream.Write(prefix);
        stream.Write(json);
        for (var i = json.Length; i < padded; i++)
            stream.WriteByte((byte)' ');
    }

    private static void WriteData(Stream stream, Tensor tensor)
    {
        using var scope = NewDisposeScope();
        TensorBytes.ForEachPart(tensor.detach().cpu().contiguous(), (part, _) => stream.Write(part));
    }
}
