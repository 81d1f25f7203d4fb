using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Benchmarks.Models;

/// <summary>Products of a few rows, as steps of a generation make them, beside libtorch's.</summary>
internal static class ProductBenchmark
{
    private const long BytesBetween = 400_000_000;

    public static void Print()
    {
        using var noGradient = torch.no_grad();
        Console.WriteLine(FormattableString.Invariant($"reading: {Machine.ReadRate():F1} GB/s"));
        foreach (var dtype in new[] { torch.ScalarType.Float32, torch.ScalarType.BFloat16 })
            foreach (var (outputs, inputs) in new[] { (1536, 2048), (4096, 4096), (576, 1536), (49152, 576) })
                foreach (var rows in new[] { 1, 2, 4, 8 })
                    Print(dtype, outputs, inputs, rows);
    }

    private static void Print(torch.ScalarType dtype, int outputs, int inputs, int rows)
    {
        using var scope = torch.NewDisposeScope();
        // So many weights that none is in a cache when its turn comes.
        var bytes = (double)outputs * inputs * (dtype == torch.ScalarType.Float32 ? 4 : 2);
        var weights = Enumerable.Range(0, (int)Math.Clamp(BytesBetween / bytes, 1, 64))
            .Select(_ => torch.randn(outputs, inputs).to(dtype)).ToList();
        var input = torch.randn(rows, inputs).to(dtype);
        double Rate(Func<torch.Tensor, torch.Tensor, torch.Tensor> product) => weights.Count * bytes / 1e9 / Clock.Seconds(() => input, x =>
        {
            foreach (var weight in weights)
                product(x, weight).Dispose();
        });
        Console.WriteLine(FormattableString.Invariant($"{dtype,-8} {outputs,5} × {inputs,4}, rows {rows}: ")
            + FormattableString.Invariant($"{Rate((x, weight) => LinearProduct.Of(x, weight)),5:F1} GB/s of the weight, ")
            + FormattableString.Invariant($"libtorch's own {Rate((x, weight) => torch.nn.functional.linear(x, weight)),5:F1}"));
    }
}
