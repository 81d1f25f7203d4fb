using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>ggml's search of a scale and a minimum for a sub-block (make_qkx2_quants): of some scales near the range's, each refined by
/// weighted least squares, the one with the least weighted error.</summary>
/// <param name="Greatest">The greatest code.</param>
/// <param name="First">What is added to the greatest code for the first scale tried.</param>
/// <param name="Steps">Further scales, each a tenth more.</param>
/// <param name="Absolute">Whether errors count by their magnitude instead of their square.</param>
internal readonly record struct AffineSearch(int Greatest, float First, int Steps, bool Absolute = false)
{
    // ggml's rdelta.
    private const float Step = 0.1f;

    /// <summary>The scale and the minimum's magnitude: y = scale · q − minimum.</summary>
    /// <param name="values">A multiple of 8 values.</param>
    /// <param name="weights">What each value's error counts.</param>
    public (float Scale, float Minimum) Run(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
    {
        var (least, greatest) = BlockRange.Ends(values);
        least = MathF.Min(least, 0);
        if (greatest == least)
            return (0, -least);
        Span<float> codes = stackalloc float[values.Length];
        var sums = Sums.Of(values, weights);
        var inverse = Greatest / (greatest - least);
        var best = (Scale: 1 / inverse, Least: least);
        Round(values, least, inverse, codes);
        var error = Error(values, weights, codes, best.Scale, best.Least);
        for (var step = 0; step <= Steps; step++)
        {
            Round(values, least, (First + Step * step + Greatest) / (greatest - least), codes);
            if (sums.Fit(values, weights, codes) is not { } fit || Error(values, weights, codes, fit.Scale, fit.Least) is var tried
                && !(tried < error))
                continue;
            (best, error) = (fit, tried);
        }
        return (best.Scale, -best.Least);
    }

    private void Round(ReadOnlySpan<float> values, float least, float inverse, Span<float> codes)
    {
        var from = Vectors(values);
        var to = MemoryMarshal.Cast<float, Vector256<float>>(codes);
        var (low, scale, most) = (Vector256.Create(least), Vector256.Create(inverse), Vector256.Create((float)Greatest));
        for (var i = 0; i < from.Length; i++)
            to[i] = Vector256.Min(Vector256.Max(Vector256.Round((from[i] - low) * scale), Vector256<float>.Zero), most);
    }

    private float Error(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, ReadOnlySpan<float> codes, float scale, float least)
    {
        ReadOnlySpan<Vector256<float>> x = Vectors(values), w = Vectors(weights), l = Vectors(codes);
        var (step, low, sum) = (Vector256.Create(scale), Vector256.Create(least), Vector256<float>.Zero);
        for (var i = 0; i < x.Length; i++)
        {
            var difference = step * l[i] + low - x[i];
            sum += w[i] * (Absolute ? Vector256.Abs(difference) : difference * difference);
        }
        return Vector256.Sum(sum);
    }

    private static ReadOnlySpan<Vector256<float>> Vectors(ReadOnlySpan<float> values) =>
        MemoryMarshal.Cast<float, Vector256<float>>(values);

    /// <summary>Σw and Σwx, which do not change with the codes.</summary>
    private readonly record struct Sums(float Weight, float Value)
    {
        public static Sums Of(ReadOnlySpan<float> values, ReadOnlySpan<float> weights)
        {
            ReadOnlySpan<Vector256<float>> x = Vectors(values), w = Vectors(weights);
            var (weight, value) = (Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = 0; i < x.Length; i++)
                (weight, value) = (weight + w[i], value + w[i] * x[i]);
            return new Sums(Vector256.Sum(weight), Vector256.Sum(value));
        }

        /// <summary>Scale and minimum with the least weighted squared error for some codes; null where they do not decide them.</summary>
        public (float Scale, float Least)? Fit(ReadOnlySpan<float> values, ReadOnlySpan<float> weights, ReadOnlySpan<float> codes)
        {
            ReadOnlySpan<Vector256<float>> x = Vectors(values), w = Vectors(weights), l = Vectors(codes);
            var (first, second, product) = (Vector256<float>.Zero, Vector256<float>.Zero, Vector256<float>.Zero);
            for (var i = 0; i < x.Length; i++)
            {
                var weighted = w[i] * l[i];
                (first, second, product) = (first + weighted, second + weighted * l[i], product + weighted * x[i]);
            }
            var (sumL, sumL2, sumXl) = (Vector256.Sum(first), Vector256.Sum(second), Vector256.Sum(product));
            var determinant = Weight * sumL2 - sumL * sumL;
            if (!(determinant > 0))
                return null;
            var least = (sumL2 * Value - sumL * sumXl) / determinant;
            return least > 0 ? (sumXl / sumL2, 0) : ((Weight * sumXl - Value * sumL) / determinant, least);
        }
    }
}
