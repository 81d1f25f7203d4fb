namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>What simple blocks derive their scales from.</summary>
internal static class BlockRange
{
    /// <summary>The first of the values with the largest magnitude, with its sign.</summary>
    public static float SignedPeak(ReadOnlySpan<float> values)
    {
        var peak = values[0];
        foreach (var value in values)
            if (MathF.Abs(value) > MathF.Abs(peak))
                peak = value;
        return peak;
    }

    public static (float Least, float Greatest) Ends(ReadOnlySpan<float> values)
    {
        var (least, greatest) = (values[0], values[0]);
        foreach (var value in values)
            (least, greatest) = (MathF.Min(least, value), MathF.Max(greatest, value));
        return (least, greatest);
    }

    /// <summary>One through a scale, or 0 where it is 0.</summary>
    public static float Inverse(float scale) => scale == 0 ? 0 : 1 / scale;

    /// <summary>The code of a value around a middle, cut down from an exact product as the reference does.</summary>
    public static int Around(float value, float inverse, double middle, int greatest) =>
        Math.Clamp((int)((double)value * inverse + middle), 0, greatest);

    /// <summary>The code of a value above a minimum.</summary>
    public static int Above(float value, float least, float inverse, int greatest) =>
        Math.Clamp((int)((value - least) * inverse + 0.5f), 0, greatest);
}
