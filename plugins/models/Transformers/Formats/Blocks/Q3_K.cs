namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 3 bits in 16 sub-blocks: third bits; two lower bits; scales of 6 bits; f16 d. y = d (sc − 32) (q − 4).</summary>
internal static class Q3_K
{
    private const int Elements = 256;
    private const int Bytes = 110;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var d = Half16.At(block, 108);
        for (var sub = 0; sub < 16; sub++)
        {
            var scale = d * (Scale(block.Slice(96, 12), sub) - 32);
            var high = block.Slice(sub % 2 * 16, 16);
            var codes = block.Slice(32 + sub / 8 * 32 + sub % 2 * 16, 16);
            var shift = sub % 8 / 2 * 2;
            var target = values.Slice(sub * 16, 16);
            for (var i = 0; i < target.Length; i++)
                target[i] = scale * ((codes[i] >> shift & 3) - ((high[i] >> (sub / 2) & 1) == 0 ? 4 : 0));
        }
    }

    /// <summary>Four lower bits in the first eight bytes, two upper bits in the last four.</summary>
    private static int Scale(ReadOnlySpan<byte> scales, int sub) =>
        scales[sub % 8] >> (sub / 8 * 4) & 15 | (scales[8 + sub % 4] >> (sub / 4 * 2) & 3) << 4;

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        Span<float> scales = stackalloc float[16];
        for (var sub = 0; sub < 16; sub++)
            scales[sub] = SubBlockScaleSearch.Refine(values.Slice(sub * 16, 16));
        var peak = BlockRange.SignedPeak(scales);
        var inverse = peak == 0 ? 0 : -32 / peak;
        var d = Half16.Put(block, 108, BlockRange.Inverse(inverse));
        Span<byte> codes = stackalloc byte[Elements];
        block[..108].Clear();
        for (var sub = 0; sub < 16; sub++)
        {
            var code = NearestInteger.Of(inverse * scales[sub], -32, 31);
            PutScale(block.Slice(96, 12), sub, peak == 0 ? 0 : code + 32);
            NearestInteger.Fill(values.Slice(sub * 16, 16), 0, d * code, -4, 3, codes[(sub * 16)..]);
        }
        for (var i = 0; i < Elements; i++)
            block[i % 32] |= (byte)(codes[i] >> 2 << (i / 32));
        TwoBitPlanes.Put(codes, block.Slice(32, 64));
    }

    private static void PutScale(Span<byte> scales, int sub, int code)
    {
        scales[sub % 8] |= (byte)((code & 15) << (sub / 8 * 4));
        scales[8 + sub % 4] |= (byte)(code >> 4 << (sub / 4 * 2));
    }
}
