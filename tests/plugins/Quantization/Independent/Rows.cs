using TorchSharp;

namespace LlmKick.Tests.Quantization.Independent;

/// <summary>Matrices as rows of float64.</summary>
internal static class Rows
{
    /// <summary>A tensor's last two dimensions.</summary>
    public static double[][] Of(torch.Tensor tensor)
    {
        using var wide = tensor.to(torch.float64).contiguous();
        return [.. wide.data<double>().ToArray().Chunk((int)tensor.shape[^1])];
    }

    public static torch.Tensor ToTensor(double[][] rows) =>
        torch.tensor(rows.SelectMany(row => row).Select(value => (float)value).ToArray(), [1, rows.Length, rows[0].Length]);

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    /// <summary>input · weightᵀ.</summary>
    public static double[][] Product(double[][] input, double[][] weight) =>
        [.. input.Select(x => weight.Select(w => Dot(x, w)).ToArray())];

    public static double[][] Sum(double[][] a, double[][] b) => [.. a.Zip(b, (x, y) => x.Zip(y, (p, q) => p + q).ToArray())];

    /// <summary>max|X_j| of every column.</summary>
    public static double[] Largest(IEnumerable<double[]> rows) =>
        rows.Aggregate((a, b) => [.. a.Zip(b, (x, y) => Math.Max(Math.Abs(x), Math.Abs(y)))]);

    /// <summary>‖a − b‖ / ‖b‖ of the row that differs most.</summary>
    public static double Distance(double[][] actual, double[][] expected)
    {
        static double Length(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));
        return actual.Zip(expected, (a, e) => Length(a.Zip(e, (x, y) => x - y)) / Length(e)).Max();
    }
}
