using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 5 bits with a minimum: f16 d, m; the fifth bits; low nibbles, then high nibbles. y = d q + m.</summary>
internal static class Q5_1
{
    private const int Elements = 32;
    private const int Bytes = 24;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (scale, minimum) = (Half16.At(block, 0), Half16.At(block, 2));
        var high = BinaryPrimitives.ReadUInt32LittleEndian(block[4..]);
        var codes = block[8..];
        for (var i = 0; i < Elements / 2; i++)
        {
            values[i] = scale * (int)((codes[i] & 15u) | (high >> i & 1) << 4) + minimum;
            values[i + Elements / 2] = scale * (int)((uint)codes[i] >> 4 | (high >> (i + Elements / 2) & 1) << 4) + minimum;
        }
    }
}
