namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The scales and minima of a super-block's sub-blocks, and how they become few bits themselves.</summary>
internal static class AffineScales
{
    /// <summary>Finds both for every sub-block; errors count by the root mean square and the magnitude of a value, as for Q4_K and
    /// Q5_K.</summary>
    public static void FindByEnergy(ReadOnlySpan<float> values, AffineSearch search, Span<float> scales, Span<float> minima)
    {
        var size = values.Length / scales.Length;
        Span<float> weights = stackalloc float[size];
        for (var sub = 0; sub < scales.Length; sub++)
        {
            var part = values.Slice(sub * size, size);
            var energy = 0f;
            foreach (var value in part)
                energy += value * value;
            var mean = MathF.Sqrt(energy / size);
            for (var i = 0; i < size; i++)
                weights[i] = mean + MathF.Abs(part[i]);
            (scales[sub], minima[sub]) = search.Run(part, weights);
        }
    }

    /// <summary>Finds both for every sub-block; errors count by the magnitude of a value, as for Q2_K.</summary>
    public static void FindByMagnitude(ReadOnlySpan<float> values, AffineSearch search, Span<float> scales, Span<float> minima)
    {
        var size = values.Length / scales.Length;
        Span<float> weights = stackalloc float[size];
        for (var sub = 0; sub < scales.Length; sub++)
        {
            var part = values.Slice(sub * size, size);
            for (var i = 0; i < size; i++)
                weights[i] = MathF.Abs(part[i]);
            (scales[sub], minima[sub]) = search.Run(part, weights);
        }
    }

    /// <summary>The greatest of scales or minima, 0 at least, and the code of each as a share of it.</summary>
    public static float Share(ReadOnlySpan<float> parts, int greatest, Span<byte> codes)
    {
        var most = 0f;
        foreach (var part in parts)
            most = MathF.Max(most, part);
        var inverse = most > 0 ? greatest / most : 0;
        for (var i = 0; i < parts.Length; i++)
            codes[i] = (byte)NearestInteger.Of(inverse * parts[i], 0, greatest);
        return most;
    }
}
