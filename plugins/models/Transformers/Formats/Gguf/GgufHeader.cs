using System.Buffers.Binary;
using System.Numerics;
using LlmKick.Sdk.Files;

namespace LlmKick.Transformers.Formats.Gguf;

/// <summary>Reads and checks all before the tensor data: magic, version, metadata, tensor rows, layout.</summary>
internal sealed class GgufHeader
{
    private const uint Magic = 0x46554747;
    // A key's length, the type, and one byte of value: more pairs than that do not fit the file.
    private const int LeastPairBytes = 13;
    // The specification's: of a key, and of alignment where a file names none.
    private const int KeyLimit = 65535;
    private const int DefaultAlignment = 32;

    private GgufHeader(GgufMetadata metadata, IReadOnlyList<(string Key, long Start, long End)> pairs,
        IReadOnlyDictionary<string, GgufTensor> tensors) =>
        (Metadata, Pairs, Tensors) = (metadata, pairs, tensors);

    public GgufMetadata Metadata { get; }

    /// <summary>Where each pair lies in the file.</summary>
    public IReadOnlyList<(string Key, long Start, long End)> Pairs { get; }

    public IReadOnlyDictionary<string, GgufTensor> Tensors { get; }

    public static GgufHeader Read(MappedFile file)
    {
        var cursor = new GgufCursor(file);
        CheckVersion(file, cursor);
        var tensorCount = cursor.ReadCount(GgufTensorReader.LeastBytes, "the number of tensors");
        var pairCount = cursor.ReadCount(LeastPairBytes, "the number of metadata pairs");
        var places = new List<(string Key, long Start, long End)>();
        var metadata = new GgufMetadata(file.Path, ReadPairs(cursor, pairCount, places));
        var reader = new GgufTensorReader(cursor, Alignment(cursor, metadata), file.Length);
        return new GgufHeader(metadata, places, reader.Read(tensorCount));
    }

    private static void CheckVersion(MappedFile file, GgufCursor cursor)
    {
        if (cursor.Read<uint>("the first four bytes") != Magic)
            throw StrangeFile.Explain(file.Path) is { } stranger ? cursor.Refusal($"it is {stranger}")
                : cursor.Fault("it does not begin with 'GGUF'");
        var version = cursor.Read<uint>("the version");
        if (BinaryPrimitives.ReverseEndianness(version) is 2 or 3)
            throw cursor
                .Refusal("it is big-endian, and only little-endian files are read; convert it with llama.cpp's gguf_convert_endian.py");
        if (version is not (2 or 3))
            throw cursor.Refusal($"its version is {version}, and only the versions 2 and 3 are read; convert it with a current llama.cpp");
    }

    private static Dictionary<string, object> ReadPairs(GgufCursor cursor, int count, List<(string Key, long Start, long End)> places)
    {
        var pairs = new Dictionary<string, object>(StringComparer.Ordinal);
        for (var i = 0; i < count; i++)
        {
            var start = cursor.Position;
            var key = cursor.ReadString("a metadata key", KeyLimit);
            if (!pairs.TryAdd(key, GgufValueReader.Read(cursor, $"the metadata value '{key}'")))
                throw cursor.Fault($"the metadata key '{key}' is there twice");
            places.Add((key, start, cursor.Position));
        }
        return pairs;
    }

    private static long Alignment(GgufCursor cursor, GgufMetadata metadata)
    {
        var alignment = metadata.Integer("general.alignment") ?? DefaultAlignment;
        return alignment is > 0 and <= int.MaxValue && BitOperations.IsPow2(alignment)
            ? alignment
            : throw cursor.Fault($"its alignment is {alignment}, which is not a power of two");
    }
}
