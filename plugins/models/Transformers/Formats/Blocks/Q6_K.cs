namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 6 bits in 16 sub-blocks: four lower bits; two upper bits; signed scales; f16 d. y = (d·sc) (q − 32).</summary>
internal static class Q6_K
{
    private const int Elements = 256;
    private const int Bytes = 210;
    // ggml's GROUP_MAX_EPS: smaller blocks are stored as zeros.
    private const float LeastScale = 1e-15f;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var d = Half16.At(block, 208);
        for (var sub = 0; sub < 16; sub++)
        {
            var scale = d * (sbyte)block[192 + sub];
            var (half, quarter, side) = (sub / 8, sub % 8 / 2, sub % 2 * 16);
            var low = block.Slice(half * 64 + quarter % 2 * 32 + side, 16);
            var high = block.Slice(128 + half * 32 + side, 16);
            var (lowShift, highShift) = (quarter / 2 * 4, quarter * 2);
            var target = values.Slice(sub * 16, 16);
            for (var i = 0; i < target.Length; i++)
                target[i] = scale * ((low[i] >> lowShift & 15 | (high[i] >> highShift & 3) << 4) - 32);
        }
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        Span<float> scales = stackalloc float[16];
        for (var sub = 0; sub < 16; sub++)
            scales[sub] = SubBlockScaleSearch.Best(values.Slice(sub * 16, 16));
        var peak = BlockRange.SignedPeak(scales);
        block.Clear();
        if (MathF.Abs(peak) < LeastScale)
            return;
        var d = Half16.Put(block, 208, 1 / (-128 / peak));
        Span<byte> codes = stackalloc byte[Elements];
        for (var sub = 0; sub < 16; sub++)
        {
            var code = NearestInteger.Of(-128 / peak * scales[sub], -128, 127);
            block[192 + sub] = (byte)(sbyte)code;
            NearestInteger.Fill(values.Slice(sub * 16, 16), 0, d * code, -32, 31, codes[(sub * 16)..]);
        }
        PutCodes(codes, block);
    }

    private static void PutCodes(ReadOnlySpan<byte> codes, Span<byte> block)
    {
        for (var i = 0; i < 64; i++)
        {
            var (half, column) = (i / 32, i % 32);
            var first = codes[(half * 128 + column)..];
            block[half * 64 + column] = (byte)(first[0] & 15 | (first[64] & 15) << 4);
            block[half * 64 + 32 + column] = (byte)(first[32] & 15 | (first[96] & 15) << 4);
            block[128 + i] = (byte)(first[0] >> 4 | first[32] >> 4 << 2 | first[64] >> 4 << 4 | first[96] >> 4 << 6);
        }
    }
}
