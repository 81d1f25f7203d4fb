using System.Text;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>GGUF files byte by byte, right or wrong. Texts are written with their length, numbers little-endian in the width of their
/// type.</summary>
internal sealed record GgufBytes
{
    private const int Alignment = 32;

    public byte[] Magic { get; init; } = "GGUF"u8.ToArray();

    public object Version { get; init; } = 3u;

    public object? TensorCount { get; init; }

    public object? PairCount { get; init; }

    /// <summary>Metadata: key, type, value.</summary>
    public IReadOnlyList<object[]> Pairs { get; init; } = [];

    /// <summary>Tensor rows: name, number of dimensions, dimensions, type, offset.</summary>
    public IReadOnlyList<object[]> Rows { get; init; } = [];

    public byte[] Data { get; init; } = [];

    public int HeaderLength => Header().Length;

    public byte[] ToArray()
    {
        var header = Header();
        return [.. header, .. new byte[(Alignment - header.Length % Alignment) % Alignment], .. Data];
    }

    private byte[] Header() => Join(
        [Magic, Version, TensorCount ?? (ulong)Rows.Count, PairCount ?? (ulong)Pairs.Count, .. Pairs.SelectMany(pair => pair),
            .. Rows.SelectMany(row => row)]);

    private static byte[] Join(object[] parts) => [.. parts.SelectMany(Bytes)];

    private static byte[] Bytes(object part) => part switch
    {
        byte[] raw => raw,
        string text => [.. BitConverter.GetBytes((ulong)Encoding.UTF8.GetByteCount(text)), .. Encoding.UTF8.GetBytes(text)],
        byte value => [value],
        sbyte value => [(byte)value],
        bool value => [(byte)(value ? 1 : 0)],
        ushort value => BitConverter.GetBytes(value),
        short value => BitConverter.GetBytes(value),
        uint value => BitConverter.GetBytes(value),
        int value => BitConverter.GetBytes(value),
        ulong value => BitConverter.GetBytes(value),
        long value => BitConverter.GetBytes(value),
        float value => BitConverter.GetBytes(value),
        double value => BitConverter.GetBytes(value),
        object[] list => Join(list),
        _ => throw new ArgumentException($"{part.GetType()} has no bytes."),
    };
}
