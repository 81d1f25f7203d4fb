using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace LlmKick.Sdk.Files;

/// <summary>Writes safetensors files that appear whole or not at all.</summary>
public static class SafetensorsWriter
{
    // The header is filled with spaces up to it, as the reference writes it: readers map tensors without copies.
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
        WriteTo(stream, [.. tensors
            .Select(pair => new PlannedTensor(pair.Key, Dtype(pair.Key, pair.Value), pair.Value.shape, () => pair.Value))], metadata);
    }

    /// <summary>Writes tensors to a stream, each made when its turn comes: one is in memory at a time.</summary>
    /// <param name="stream">Takes the file.</param>
    /// <param name="tensors">The tensors. Larger element types come first, then by name.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for <c>format: pt</c>, which Hugging Face loaders want.</param>
    /// <param name="written">Told after each tensor, or null.</param>
    public static void WriteTo(Stream stream, IReadOnlyList<PlannedTensor> tensors, IReadOnlyDictionary<string, string>? metadata,
        Action? written = null)
    {
        var rows = InOrder(tensors);
        WriteHeader(stream, Header(rows, metadata));
        foreach (var row in rows)
        {
            WriteData(stream, row);
            written?.Invoke();
        }
    }

    /// <summary>Bytes that a file of these tensors has.</summary>
    /// <param name="tensors">The tensors; none is made.</param>
    /// <param name="metadata">Texts for <c>__metadata__</c>; null for <c>format: pt</c>.</param>
    public static long FileLength(IReadOnlyList<PlannedTensor> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        sizeof(ulong) + Padded(Header(InOrder(tensors), metadata).Length) + tensors.Sum(tensor => tensor.Length);

    private static List<PlannedTensor> InOrder(IReadOnlyList<PlannedTensor> tensors) =>
        [.. tensors.OrderByDescending(tensor => tensor.Dtype.Bits).ThenBy(tensor => tensor.Name, StringComparer.Ordinal)];

    private static SafetensorsDtype Dtype(string name, Tensor tensor) => SafetensorsDtype.Find(tensor.dtype)
        ?? throw new LlmKickException($"Tensor '{name}' is {tensor.dtype}, which safetensors files cannot hold.");

    private static byte[] Header(IEnumerable<PlannedTensor> rows, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = new Dictionary<string, object> { ["__metadata__"] = metadata ?? new Dictionary<string, string> { ["format"] = "pt" } };
        long position = 0;
        foreach (var row in rows)
        {
            header.Add(row.Name,
                new { dtype = row.Dtype.Name, shape = row.Shape, data_offsets = new[] { position, position + row.Length } });
            position += row.Length;
        }
        return JsonSerializer.SerializeToUtf8Bytes(header);
    }

    private static void WriteHeader(Stream stream, byte[] json)
    {
        Span<byte> prefix = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(prefix, (ulong)Padded(json.Length));
        stream.Write(prefix);
        stream.Write(json);
        for (var i = json.Length; i < Padded(json.Length); i++)
            stream.WriteByte((byte)' ');
    }

    private static long Padded(long length) => (length + Alignment - 1) / Alignment * Alignment;

    private static void WriteData(Stream stream, PlannedTensor row)
    {
        using var scope = NewDisposeScope();
        var tensor = row.Read();
        if (tensor.numel() * tensor.element_size() != row.Length)
            throw new InvalidOperationException(
                $"'{row.Name}' was planned with {row.Length} bytes and has {tensor.numel() * tensor.element_size()}.");
        TensorBytes.WriteTo(stream, tensor);
    }
}
