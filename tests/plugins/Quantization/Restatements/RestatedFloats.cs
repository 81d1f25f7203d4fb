namespace LlmKick.Tests.Quantization.Restatements;

/// <summary>Small floats and their rounding in float64, from what the formats' definitions say.</summary>
internal static class RestatedFloats
{
    /// <summary>Every number of FP8 E4M3 (Micikevicius et al., arXiv 2209.05433, table 1): bias 7, subnormals, S.1111.111 is NaN, no
    /// infinities.</summary>
    public static double[] E4M3 { get; } = [.. Numbers(4, 3, 7).Where(v => v <= 448)];

    /// <summary>Every number of FP4 E2M1 (OCP Microscaling Formats 1.0, table 5): bias 1, subnormals, no NaN, no infinities.</summary>
    public static double[] E2M1 { get; } = Numbers(2, 1, 1);

    /// <summary>NormalFloat of 4 bits (Dettmers et al., arXiv 2305.14314, section 3 and the released code): quantiles of N(0, 1), 8 above 0
    /// and 7 below it, over the largest.</summary>
    public static double[] Nf4 { get; } = NormalFloats(0.9677083);

    /// <summary>w / scale to the nearest of some numbers and back; of two equally near the one with the even mantissa.</summary>
    public static double Round(double weight, double scale, double[] magnitudes)
    {
        var value = Math.Abs(weight) / scale;
        var upper = Array.FindIndex(magnitudes, m => m >= value);
        if (upper <= 0)
            return Math.Sign(weight) * scale * magnitudes[upper < 0 ? ^1 : 0];
        var (below, above) = (value - magnitudes[upper - 1], magnitudes[upper] - value);
        var chosen = below < above || (below == above && (upper - 1) % 2 == 0) ? upper - 1 : upper;
        return Math.Sign(weight) * scale * magnitudes[chosen];
    }

    /// <summary>How far a value is from the middle between two numbers, as a share of their distance: near 0 either is right in
    /// float32.</summary>
    public static double Doubt(double weight, double scale, IEnumerable<double> numbers)
    {
        var near = numbers.Select(n => Math.Abs(n * scale - weight)).Order().Take(2).ToArray();
        return (near[1] - near[0]) / (near[1] + near[0]);
    }

    private static double[] Numbers(int exponentBits, int mantissaBits, int bias) =>
    [
        .. from exponent in Enumerable.Range(0, 1 << exponentBits)
           from mantissa in Enumerable.Range(0, 1 << mantissaBits)
           let fraction = mantissa / (double)(1 << mantissaBits)
           select exponent == 0 ? fraction * Math.Pow(2, 1 - bias) : (1 + fraction) * Math.Pow(2, exponent - bias),
    ];

    private static double[] NormalFloats(double offset)
    {
        IEnumerable<double> Quantiles(int count) => Enumerable.Range(0, count).Select(i => Quantile(offset + (0.5 - offset) * i / count));
        double[] all = [.. Quantiles(8), 0, .. Quantiles(7).Select(q => -q)];
        return [.. all.Select(v => v / all.Max()).Order()];
    }

    private static double Quantile(double probability)
    {
        var (low, high) = (-8.0, 8.0);
        for (var i = 0; i < 200; i++)
            if (Probability((low + high) / 2) < probability)
                low = (low + high) / 2;
            else
                high = (low + high) / 2;
        return low;
    }

    /// <summary>Φ(x) = ½ + φ(x) · (x + x³/3 + x⁵/(3·5) + …).</summary>
    private static double Probability(double x)
    {
        var (sum, term) = (x, x);
        for (var i = 3; i < 400; i += 2)
            sum += term *= x * x / i;
        return 0.5 + Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI) * sum;
    }
}
