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

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var scale = BlockRange.SignedPeak(values) / -16;
        Half16.Put(block, 0, scale);
        var inverse = BlockRange.Inverse(scale);
        var high = 0u;
        for (var i = 0; i < Elements / 2; i++)
        {
            var (low, up) = (BlockRange.Around(values[i], inverse, 16.5, 31),
                BlockRange.Around(values[i + Elements / 2], inverse, 16.5, 31));
            block[6 + i] = (byte)(low & 15 | (up & 15) << 4);
            high |= (uint)low >> 4 << i | (uint)up >> 4 << (i + Elements / 2);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(block[2..], high);
    }
}
