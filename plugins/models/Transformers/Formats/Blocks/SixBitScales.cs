namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The eight scales and eight minima of 6 bits that Q4_K and Q5_K keep in 12 bytes.</summary>
internal static class SixBitScales
{
    public static (int Scale, int Minimum) At(ReadOnlySpan<byte> packed, int sub) => sub < 4
        ? (packed[sub] & 63, packed[sub + 4] & 63)
        : (packed[sub + 4] & 15 | packed[sub - 4] >> 6 << 4, packed[sub + 4] >> 4 | packed[sub] >> 6 << 4);

    /// <summary>Packs a scale and a minimum of 6 bits into bytes that are zero before the first.</summary>
    public static void Put(Span<byte> packed, int sub, int scale, int minimum)
    {
        if (sub < 4)
        {
            packed[sub] |= (byte)scale;
            packed[sub + 4] |= (byte)minimum;
            return;
        }
        packed[sub + 4] |= (byte)(scale & 15 | (minimum & 15) << 4);
        packed[sub - 4] |= (byte)(scale >> 4 << 6);
        packed[sub] |= (byte)(minimum >> 4 << 6);
    }

    /// <summary>Finds the scales and minima of a super-block and the codes of its values.</summary>
    /// <param name="values">256 values.</param>
    /// <param name="search">How scales are found, and how far codes go.</param>
    /// <param name="head">The block's first 16 bytes: f16 d, dmin, and the packed scales.</param>
    /// <param name="codes">Takes a code for each value.</param>
    public static void Encode(ReadOnlySpan<float> values, AffineSearch search, Span<byte> head, Span<byte> codes)
    {
        Span<float> scales = stackalloc float[8], minima = stackalloc float[8];
        Span<byte> scaleCodes = stackalloc byte[8], minimumCodes = stackalloc byte[8];
        AffineScales.FindByEnergy(values, search, scales, minima);
        var d = Half16.Put(head, 0, AffineScales.Share(scales, 63, scaleCodes) / 63);
        var dmin = Half16.Put(head, 2, AffineScales.Share(minima, 63, minimumCodes) / 63);
        head[4..].Clear();
        for (var sub = 0; sub < 8; sub++)
        {
            Put(head[4..], sub, scaleCodes[sub], minimumCodes[sub]);
            NearestInteger.Fill(values.Slice(sub * 32, 32), dmin * minimumCodes[sub], d * scaleCodes[sub], 0, search.Greatest,
                codes[(sub * 32)..]);
        }
    }
}
