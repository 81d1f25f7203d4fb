using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Quantization;

/// <summary>Pruning and rounding in one pass (SparseGPT, section 3.5), in float64: a column's value is 0 or the nearest of its grid, and
/// one update makes up for both.</summary>
internal static class NaiveSparseGptq
{
    /// <summary>Prunes and rounds in place.</summary>
    /// <param name="weight">[rows][columns].</param>
    /// <param name="upper">The upper Cholesky factor of the inverse Hessian.</param>
    /// <param name="grid">Bits of a code, and columns that share a scale.</param>
    /// <param name="blockSize">Columns that compete, and whose updates a group beginning among them does not see.</param>
    /// <param name="sparsity">The share removed of each block, or null for N:M.</param>
    /// <param name="pattern">N:M.</param>
    public static void Solve(double[][] weight, double[][] upper, (int Bits, int GroupSize) grid, int blockSize, double? sparsity,
        NmPattern pattern = default)
    {
        var columns = weight[0].Length;
        double Score(double[] row, int column) => Math.Pow(row[column] / upper[column][column], 2);
        double[][] seen = [];
        var threshold = double.NegativeInfinity;
        var removed = weight.Select(_ => new bool[columns]).ToArray();
        var grids = weight.Select(_ => (Scale: 0.0, Zero: 0.0)).ToArray();
        for (var column = 0; column < columns; column++)
        {
            if (column % blockSize == 0)
            {
                seen = [.. weight.Select(row => row.ToArray())];
                var competing = seen.SelectMany(row => Enumerable.Range(column, Math.Min(blockSize, columns - column))
                    .Select(c => Score(row, c))).Order().ToArray();
                threshold = sparsity is { } share ? competing[(int)(competing.Length * share)] : threshold;
            }
            for (var index = 0; index < weight.Length; index++)
            {
                var row = weight[index];
                if (column % grid.GroupSize == 0)
                    grids[index] = NaiveGptq.Grid(seen[index][column..Math.Min(column + grid.GroupSize, columns)], grid.Bits);
                if (sparsity is null && column % pattern.Of == 0)
                    foreach (var c in Enumerable.Range(column, pattern.Of).OrderBy(c => Score(row, c)).Take(pattern.Of - pattern.Keep))
                        removed[index][c] = true;
                var value = removed[index][column] || Score(seen[index], column) <= threshold ? 0
                    : NaiveGptq.Round(row[column], grids[index].Scale, grids[index].Zero, grid.Bits);
                var error = (row[column] - value) / upper[column][column];
                for (var right = column + 1; right < columns; right++)
                    row[right] -= error * upper[column][right];
                row[column] = value;
            }
        }
    }
}
