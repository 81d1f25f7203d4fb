using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 5 bits around a scale: f16 d; the fifth bits; low nibbles, then high nibbles. y = d (q − 16).</summary>
internal static class Q5_0
{
    private const int Elements = 32;
    private const int Bytes = 22;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Half16.At(block, 0);
        var high = BinaryPrimitives.ReadUInt32LittleEndian(block[2..]);
        var codes = block[6..];
        for (var i = 0; i < Elements / 2; i++)
        {
            values[i] = scale * ((int)((codes[i] & 15u) | (high >> i & 1) << 4) - 16);
            values[i + Elements / 2] = scale * ((int)((uint)codes[i] >> 4 | (high >> (i + Elements / 2) & 1) << 4) - 16);
        }
    }
}
