namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>ggml's rounding: halves go to even.</summary>
internal static class NearestInteger
{
    public static int Of(float value, int least, int greatest) => Math.Clamp((int)MathF.Round(value), least, greatest);

    /// <summary>The codes of values, counted from the least; 0 where the scale is 0 and no code says anything.</summary>
    public static void Fill(ReadOnlySpan<float> values, float offset, float scale, int least, int greatest, Span<byte> codes)
    {
        if (scale == 0)
        {
            codes.Clear();
            return;
        }
        for (var i = 0; i < values.Length; i++)
            codes[i] = (byte)(Of((values[i] + offset) / scale, least, greatest) - least);
    }
}
