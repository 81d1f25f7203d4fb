namespace LlmKick.Tests.Quantization;

/// <summary>GPTQ as the paper and its code have it, in float64, row by row: one column after the other, every update applied to the whole
/// rest at once.</summary>
internal static class NaiveGptq
{
    /// <summary>Rounds rows in place, in the order of the columns.</summary>
    /// <param name="weight">[rows][columns].</param>
    /// <param name="upper">The upper Cholesky factor of the inverse Hessian.</param>
    /// <param name="bits">Bits of a code.</param>
    /// <param name="groupSize">Columns that share a scale.</param>
    /// <param name="blockSize">Columns whose updates a group beginning among them does not see.</param>
    public static void Quantize(double[][] weight, double[][] upper, int bits, int groupSize, int blockSize)
    {
        foreach (var row in weight)
        {
            var seen = row.ToArray();
            var (scale, zero) = (0.0, 0.0);
            for (var column = 0; column < row.Length; column++)
            {
                if (column % blockSize == 0)
                    seen = [.. row];
                if (column % groupSize == 0)
                    (scale, zero) = Grid(seen[column..Math.Min(column + groupSize, row.Length)], bits);
                var value = Round(row[column], scale, zero, bits);
                var error = (row[column] - value) / upper[column][column];
                for (var right = column + 1; right < row.Length; right++)
                    row[right] -= error * upper[column][right];
                row[column] = value;
            }
        }
    }

    /// <summary>Scale and zero over the range of weights, extended to 0.</summary>
    public static (double Scale, double Zero) Grid(double[] weights, int bits)
    {
        var (low, high) = (Math.Min(weights.Min(), 0), Math.Max(weights.Max(), 0));
        var scale = (high - low) / ((1 << bits) - 1);
        return (scale, Math.Round(-low / scale));
    }

    /// <summary>The nearest value of a grid.</summary>
    public static double Round(double value, double scale, double zero, int bits) =>
        scale * (Math.Clamp(Math.Round(value / scale) + zero, 0, (1 << bits) - 1) - zero);
}
