namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 5 bits in 8 sub-blocks: as <see cref="Q4_K"/>, with the fifth bits between scales and codes.</summary>
internal static class Q5_K
{
    private const int Elements = 256;
    private const int Bytes = 176;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (d, dmin) = (Half16.At(block, 0), Half16.At(block, 2));
        var high = block.Slice(16, 32);
        for (var sub = 0; sub < 8; sub++)
        {
            var (scale, minimum) = SixBitScales.At(block.Slice(4, 12), sub);
            var (step, offset) = (d * scale, dmin * minimum);
            var codes = block.Slice(48 + sub / 2 * 32, 32);
            var shift = sub % 2 * 4;
            var target = values.Slice(sub * 32, 32);
            for (var i = 0; i < target.Length; i++)
                target[i] = step * (codes[i] >> shift & 15 | (high[i] >> sub & 1) << 4) - offset;
        }
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        Span<byte> codes = stackalloc byte[Elements];
        SixBitScales.Encode(values, new AffineSearch(31, -0.5f, 15), block[..16], codes);
        block.Slice(16, 32).Clear();
        for (var i = 0; i < Elements / 2; i++)
        {
            var first = codes[(i / 32 * 64 + i % 32)..];
            block[48 + i] = (byte)(first[0] & 15 | (first[32] & 15) << 4);
            block[16 + i % 32] |= (byte)(first[0] >> 4 << (i / 32 * 2) | first[32] >> 4 << (i / 32 * 2 + 1));
        }
    }
}
