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

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var (least, greatest) = BlockRange.Ends(values);
        var scale = (greatest - least) / 31;
        Half16.Put(block, 0, scale);
        Half16.Put(block, 2, least);
        var inverse = BlockRange.Inverse(scale);
        var high = 0u;
        for (var i = 0; i < Elements / 2; i++)
        {
            var (low, up) = (BlockRange.Above(values[i], least, inverse, 31),
                BlockRange.Above(values[i + Elements / 2], least, inverse, 31));
            block[8 + i] = (byte)(low & 15 | (up & 15) << 4);
            high |= (uint)low >> 4 << i | (uint)up >> 4 << (i + Elements / 2);
        }
        BinaryPrimitives.WriteUInt32LittleEndian(block[4..], high);
    }
}
