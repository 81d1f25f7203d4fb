using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 4 bits in 8 sub-blocks: f16 d; the scales' upper two bits, then their lower four; codes as in
/// <see cref="IQ4_NL"/>. y = d (sc − 32) · the code's number.</summary>
internal static class IQ4_XS
{
    private const int Elements = 256;
    private const int Bytes = 136;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (d, high) = (Half16.At(block, 0), BinaryPrimitives.ReadUInt16LittleEndian(block[2..]));
        for (var sub = 0; sub < 8; sub++)
        {
            var scale = block[4 + sub / 2] >> (sub % 2 * 4) & 15 | (high >> (sub * 2) & 3) << 4;
            IQ4_NL.Decode(d * (scale - 32), block.Slice(8 + sub * 16, 16), IQ4_NL.Numbers, values.Slice(sub * 32, 32));
        }
    }
}
