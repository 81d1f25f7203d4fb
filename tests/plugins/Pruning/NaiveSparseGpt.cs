using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Pruning;

/// <summary>SparseGPT as the paper writes it, in float64: one column after the other, every update applied to the whole rest at
/// once.</summary>
internal static class NaiveSparseGpt
{
    /// <summary>Prunes in place.</summary>
    /// <param name="weight">[rows][columns].</param>
    /// <param name="upper">The upper Cholesky factor of the inverse Hessian.</param>
    /// <param name="blockSize">Columns that compete.</param>
    /// <param name="sparsity">The share removed of each block, or null for N:M.</param>
    /// <param name="pattern">N:M.</param>
    public static void Prune(double[][] weight, double[][] upper, int blockSize, double? sparsity, NmPattern pattern = default)
    {
        var (rows, columns) = (weight.Length, weight[0].Length);
        var removed = weight.Select(row => new bool[columns]).ToArray();
        double Score(int row, int column) => Math.Pow(weight[row][column] / upper[column][column], 2);
        for (var column = 0; column < columns; column++)
        {
            if (sparsity is { } share && column % blockSize == 0)
            {
                var width = Math.Min(blockSize, columns - column);
                var places = (from r in Enumerable.Range(0, rows) from c in Enumerable.Range(column, width) select (r, c)).ToList();
                var threshold = places.Select(p => Score(p.r, p.c)).Order().ElementAt((int)(rows * width * share));
                foreach (var (r, c) in places)
                    removed[r][c] = Score(r, c) <= threshold;
            }
            for (var row = 0; row < rows; row++)
            {
                if (sparsity is null && column % pattern.Of == 0)
                    foreach (var c in Enumerable.Range(column, pattern.Of).OrderBy(c => Score(row, c)).Take(pattern.Of - pattern.Keep))
                        removed[row][c] = true;
                if (!removed[row][column])
                    continue;
                var error = weight[row][column] / upper[column][column];
                for (var c = column; c < columns; c++)
                    weight[row][c] -= error * upper[column][c];
                weight[row][column] = 0;
            }
        }
    }

    /// <summary>The upper Cholesky factor of the inverse of H, through Gauss-Jordan.</summary>
    public static double[][] InverseFactor(double[][] hessian)
    {
        var n = hessian.Length;
        var inverse = Inverse(hessian);
        var upper = hessian.Select(_ => new double[n]).ToArray();
        for (var i = 0; i < n; i++)
            for (var j = i; j < n; j++)
            {
                var sum = inverse[i][j] - Enumerable.Range(0, i).Sum(k => upper[k][i] * upper[k][j]);
                upper[i][j] = i == j ? Math.Sqrt(sum) : sum / upper[i][i];
            }
        return upper;
    }

    private static double[][] Inverse(double[][] matrix)
    {
        var n = matrix.Length;
        var rows = matrix.Select((row, i) => row.Concat(Enumerable.Range(0, n).Select(j => i == j ? 1.0 : 0)).ToArray()).ToArray();
        for (var pivot = 0; pivot < n; pivot++)
        {
            rows[pivot] = [.. rows[pivot].Select(v => v / rows[pivot][pivot])];
            for (var other = 0; other < n; other++)
                if (other != pivot)
                    rows[other] = [.. rows[other].Zip(rows[pivot], (v, p) => v - rows[other][pivot] * p)];
        }
        return [.. rows.Select(row => row[n..])];
    }
}
