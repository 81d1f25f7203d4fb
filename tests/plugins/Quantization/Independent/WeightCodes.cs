using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Quantization.Independent;

/// <summary>Integers of weights, zero in the middle.</summary>
internal static class WeightCodes
{
    private const int Middle = 128;

    /// <summary>The codes that a compressor found, each checked to be the nearest to its weight: near a tie, where float32 and float64 may
    /// part, either one.</summary>
    /// <param name="linear">The compressed linear.</param>
    /// <param name="weight">[outputs][inputs] before.</param>
    /// <param name="steps">[outputs].</param>
    public static double[][] Require(Linear linear, double[][] weight, double[] steps)
    {
        var codes = Rows.Of(linear.Quantized!.Codes).Select(row => row.Select(code => code - Middle).ToArray()).ToArray();
        var exact = weight.Zip(steps, (row, step) => row.Select(value => value / step));
        Assert.InRange(codes.Zip(exact, (row, values) => row.Zip(values, (code, value) => Math.Abs(code - value)).Max()).Max(),
            0.4, 0.5001);
        return codes;
    }
}
