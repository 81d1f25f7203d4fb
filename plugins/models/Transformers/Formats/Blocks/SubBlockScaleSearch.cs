namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>ggml's searches of a scale around zero for a sub-block of 16; errors count by a value's square.</summary>
internal static class SubBlockScaleSearch
{
    // ggml's GROUP_MAX_EPS: smaller blocks are stored as zeros.
    private const float Least = 1e-15f;
    // ggml's.
    private const int Sweeps = 5;

    /// <summary>For Q3_K (make_q3_quants): codes of −4 … 3 are changed one by one as long as the best scale for them fits better.</summary>
    public static float Refine(ReadOnlySpan<float> values)
    {
        var peak = BlockRange.SignedPeak(values);
        if (MathF.Abs(peak) < Least)
            return 0;
        Span<float> codes = stackalloc float[values.Length];
        var sums = (Product: 0f, Square: 0f);
        for (var i = 0; i < values.Length; i++)
        {
            codes[i] = NearestInteger.Of(-4 / peak * values[i], -4, 3);
            Add(ref sums, values[i], codes[i]);
        }
        for (var sweep = 0; sweep < Sweeps && Change(values, codes, ref sums); sweep++)
        {
        }
        return sums.Square > 0 ? sums.Product / sums.Square : 0;
    }

    /// <summary>For Q6_K (make_qx_quants): the best of 19 scales near the one that maps the largest value to −32.</summary>
    public static float Best(ReadOnlySpan<float> values)
    {
        var peak = BlockRange.SignedPeak(values);
        if (MathF.Abs(peak) < Least)
            return 0;
        var (product, square) = Sums(values, -32 / peak);
        var scale = square > 0 ? product / square : 0;
        var best = scale * product;
        for (var step = -9; step <= 9; step++)
        {
            if (step == 0)
                continue;
            (product, square) = Sums(values, -(32 + 0.1f * step) / peak);
            if (square > 0 && product * product > best * square)
                (scale, best) = (product / square, product / square * product);
        }
        return scale;
    }

    private static bool Change(ReadOnlySpan<float> values, Span<float> codes, ref (float Product, float Square) sums)
    {
        var changed = false;
        for (var i = 0; i < values.Length; i++)
        {
            var rest = sums;
            Add(ref rest, values[i], codes[i], -1);
            if (rest.Product <= 0)
                continue;
            var code = (float)NearestInteger.Of(values[i] * rest.Square / rest.Product, -4, 3);
            Add(ref rest, values[i], code);
            if (code == codes[i]
                || !(rest.Square > 0 && rest.Product * rest.Product * sums.Square > sums.Product * sums.Product * rest.Square))
                continue;
            (codes[i], sums, changed) = (code, rest, true);
        }
        return changed;
    }

    private static (float Product, float Square) Sums(ReadOnlySpan<float> values, float inverse)
    {
        var sums = (Product: 0f, Square: 0f);
        foreach (var value in values)
            Add(ref sums, value, NearestInteger.Of(inverse * value, -32, 31));
        return sums;
    }

    private static void Add(ref (float Product, float Square) sums, float value, float code, int sign = 1)
    {
        var weighted = value * value * code * sign;
        sums = (sums.Product + weighted * value, sums.Square + weighted * code);
    }
}
