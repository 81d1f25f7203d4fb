namespace LlmKick.Tests.Quantization.Independent;

/// <summary>
/// LLM.int8() as its paper (arXiv 2208.07339) states it, equations 7 and 8: inputs |x| ≥ threshold times their float weights, plus int8
/// inputs times int8 weights with a step per row and per output. The paper takes a feature out for all tokens at once; here each token has
/// outliers of its own.
/// </summary>
internal sealed class RestatedLlmInt8(double threshold)
{
    public Rounding Rounding { get; } = new();

    /// <summary>One linear.</summary>
    /// <param name="input">[tokens][inputs].</param>
    /// <param name="weight">[outputs][inputs].</param>
    /// <param name="codes">⌈W / Δ⌋.</param>
    /// <param name="roundedOutliers">Whether outliers meet the int8 weights, there being no others in memory, in place of the original
    /// ones.</param>
    public double[][] Multiply(double[][] input, double[][] weight, double[][] codes, bool roundedOutliers)
    {
        var steps = Steps(weight);
        var floats = roundedOutliers ? [.. codes.Zip(steps, (row, step) => row.Select(code => code * step).ToArray())] : weight;
        return [.. input.Select(token =>
        {
            var (outliers, rest) = (Where(token, x => Math.Abs(x) >= threshold), Where(token, x => Math.Abs(x) < threshold));
            var step = Rounding.Step(rest);
            var rounded = Rounding.Codes(rest, step);
            return codes.Select((row, o) => Rows.Dot(outliers, floats[o]) + Rows.Dot(rounded, row) * step * steps[o]).ToArray();
        })];
    }

    /// <summary>Δ of each output.</summary>
    public static double[] Steps(double[][] weight) => [.. weight.Select(Rounding.Step)];

    private static double[] Where(double[] values, Predicate<double> chosen) => [.. values.Select(value => chosen(value) ? value : 0)];
}
