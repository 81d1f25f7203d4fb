namespace LlmKick.Tests.Transformers;

/// <summary>The K-quants' searches in float64, written from their description and not from our code; gives what the stored blocks stand
/// for.</summary>
internal static class NaiveSuperBlocks
{
    public static float[] Round(string name, float[] values) =>
        [.. values.Chunk(256).SelectMany(block => Block(name, [.. block.Select(value => (double)value)])).Select(value => (float)value)];

    private static IEnumerable<double> Block(string name, double[] x) => name switch
    {
        "Q2_K" => Affine(x, 16, 3, -0.5, 15, 15, part => [.. part.Select(Math.Abs)], absolute: true),
        "Q4_K" => Affine(x, 32, 15, -1, 20, 63, Energy, absolute: false),
        "Q5_K" => Affine(x, 32, 31, -0.5, 15, 63, Energy, absolute: false),
        "Q3_K" => Symmetric(x, 4, 32, 31, part => Refined(part)),
        "Q6_K" => Symmetric(x, 32, 128, 127, Best),
        _ => throw new ArgumentException(name),
    };

    private static double[] Energy(double[] part)
    {
        var mean = Math.Sqrt(part.Average(value => value * value));
        return [.. part.Select(value => mean + Math.Abs(value))];
    }

    private static IEnumerable<double> Affine(double[] x, int size, int levels, double first, int steps, int greatest,
        Func<double[], double[]> weigh, bool absolute)
    {
        var parts = x.Chunk(size).Select(part => (Part: part, Fit: Fit(part, weigh(part), levels, first, steps, absolute))).ToList();
        double MostOf(Func<(double Scale, double Minimum), double> of) => Math.Max(0, parts.Max(one => of(one.Fit)));
        var (scale, minimum) = (MostOf(fit => fit.Scale), MostOf(fit => fit.Minimum));
        double Share(double part, double most) => most > 0
            ? Math.Clamp(Math.Round(part * greatest / most), 0, greatest) * Half(most / greatest) : 0;
        return parts.SelectMany(one =>
        {
            var (d, m) = (Share(one.Fit.Scale, scale), Share(one.Fit.Minimum, minimum));
            return one.Part.Select(value => d == 0 ? -m : d * Math.Clamp(Math.Round((value + m) / d), 0, levels) - m);
        });
    }

    private static (double Scale, double Minimum) Fit(double[] x, double[] w, int levels, double first, int steps, bool absolute)
    {
        var (low, high) = (Math.Min(0, x.Min()), x.Max());
        if (low == high)
            return (0, -low);
        double[] Codes(double inverse) => [.. x.Select(value => Math.Clamp(Math.Round((value - low) * inverse), 0, levels))];
        double Error(double[] codes, double scale, double least) => Enumerable.Range(0, x.Length)
            .Sum(i => w[i] * (absolute ? Math.Abs(scale * codes[i] + least - x[i]) : Math.Pow(scale * codes[i] + least - x[i], 2)));
        var best = (Scale: (high - low) / levels, Least: low);
        var error = Error(Codes(levels / (high - low)), best.Scale, best.Least);
        for (var step = 0; step <= steps; step++)
        {
            var codes = Codes((levels + first + 0.1 * step) / (high - low));
            double Sum(Func<int, double> term) => Enumerable.Range(0, x.Length).Sum(term);
            var (sw, sx, sl) = (w.Sum(), Sum(i => w[i] * x[i]), Sum(i => w[i] * codes[i]));
            var (sll, sxl) = (Sum(i => w[i] * codes[i] * codes[i]), Sum(i => w[i] * codes[i] * x[i]));
            var d = sw * sll - sl * sl;
            if (d <= 0)
                continue;
            var (scale, least) = ((sw * sxl - sx * sl) / d, (sll * sx - sl * sxl) / d);
            if (least > 0)
                (scale, least) = (sxl / sll, 0);
            if (Error(codes, scale, least) is var tried && tried < error)
                (best, error) = ((scale, least), tried);
        }
        return (best.Scale, -best.Least);
    }

    private static IEnumerable<double> Symmetric(double[] x, int levels, int below, int above, Func<double[], double> search)
    {
        var parts = x.Chunk(16).Select(part => (Part: part, Scale: search(part))).ToList();
        var peak = parts.Select(one => one.Scale).MaxBy(Math.Abs);
        if (peak == 0)
            return x.Select(_ => 0.0);
        return parts.SelectMany(one =>
        {
            var d = Half(-peak / below) * Math.Clamp(Math.Round(one.Scale * -below / peak), -below, above);
            return one.Part.Select(value => d == 0 ? 0 : d * Math.Clamp(Math.Round(value / d), -levels, levels - 1));
        });
    }

    private static double Best(double[] x)
    {
        var peak = x.MaxBy(Math.Abs);
        if (peak == 0)
            return 0;
        return Enumerable.Range(-9, 19).Select(step =>
        {
            var codes = Codes(x, -(32 + 0.1 * step) / peak, 32);
            var (product, square) = Products(x, codes);
            return (Scale: square > 0 ? product / square : 0, Gain: square > 0 ? product * product / square : 0);
        }).MaxBy(one => one.Gain).Scale;
    }

    private static double Refined(double[] x)
    {
        var peak = x.MaxBy(Math.Abs);
        if (peak == 0)
            return 0;
        var codes = Codes(x, -4 / peak, 4);
        for (var sweep = 0; sweep < 5; sweep++)
            for (var i = 0; i < x.Length; i++)
            {
                var (product, square) = Products(x, codes);
                var own = x[i] * x[i];
                var (lessProduct, lessSquare) = (product - own * x[i] * codes[i], square - own * codes[i] * codes[i]);
                if (lessProduct <= 0)
                    continue;
                var code = Math.Clamp(Math.Round(x[i] * lessSquare / lessProduct), -4, 3);
                var (newProduct, newSquare) = (lessProduct + own * x[i] * code, lessSquare + own * code * code);
                if (newSquare > 0 && newProduct * newProduct * square > product * product * newSquare)
                    codes[i] = code;
            }
        var (p, s) = Products(x, codes);
        return s > 0 ? p / s : 0;
    }

    private static double[] Codes(double[] x, double inverse, int levels) =>
        [.. x.Select(value => Math.Clamp(Math.Round(value * inverse), -levels, levels - 1))];

    private static (double Product, double Square) Products(double[] x, double[] codes) => (
        x.Zip(codes, (value, code) => value * value * value * code).Sum(),
        x.Zip(codes, (value, code) => value * value * code * code).Sum());

    private static double Half(double value) => (double)(System.Half)value;
}
