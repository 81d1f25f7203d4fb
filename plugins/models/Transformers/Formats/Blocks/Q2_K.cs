namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of 2 bits in 16 sub-blocks: scales and minima of 4 bits; codes; f16 d, dmin. y = (d·sc) q − (dmin·m).</summary>
internal static class Q2_K
{
    private const int Elements = 256;
    private const int Bytes = 84;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (d, dmin) = (Half16.At(block, 80), Half16.At(block, 82));
        for (var sub = 0; sub < 16; sub++)
        {
            var (scale, minimum) = (d * (block[sub] & 15), dmin * (block[sub] >> 4));
            var codes = block.Slice(16 + sub / 8 * 32 + sub % 2 * 16, 16);
            var shift = sub % 8 / 2 * 2;
            var target = values.Slice(sub * 16, 16);
            for (var i = 0; i < target.Length; i++)
                target[i] = scale * (codes[i] >> shift & 3) - minimum;
        }
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        Span<float> scales = stackalloc float[16], minima = stackalloc float[16];
        Span<byte> scaleCodes = stackalloc byte[16], minimumCodes = stackalloc byte[16], codes = stackalloc byte[Elements];
        AffineScales.FindByMagnitude(values, new AffineSearch(3, -0.5f, 15, Absolute: true), scales, minima);
        var d = Half16.Put(block, 80, AffineScales.Share(scales, 15, scaleCodes) / 15);
        var dmin = Half16.Put(block, 82, AffineScales.Share(minima, 15, minimumCodes) / 15);
        for (var sub = 0; sub < 16; sub++)
        {
            block[sub] = (byte)(scaleCodes[sub] | minimumCodes[sub] << 4);
            NearestInteger.Fill(values.Slice(sub * 16, 16), dmin * minimumCodes[sub], d * scaleCodes[sub], 0, 3, codes[(sub * 16)..]);
        }
        TwoBitPlanes.Put(codes, block.Slice(16, 64));
    }
}
