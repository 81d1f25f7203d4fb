namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 6 bits in 16 sub-blocks: four lower bits; two upper bits; signed scales; f16 d. y = (d·sc) (q − 32).</summary>
internal static class Q6_K
{
    private const int Elements = 256;
    private const int Bytes = 210;

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
}
