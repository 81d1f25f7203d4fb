using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using Microsoft.Extensions.Logging.Abstractions;
using TorchSharp;

namespace LlmKick.Benchmarks.Solvers;

/// <summary>Seconds a linear for each method at 50 %, beside the same algorithm in eager calls.</summary>
internal static class SolverBenchmark
{
    private const double Sparsity = 0.5;
    private static readonly PruningOptions Half = new() { Sparsity = Sparsity };

    public static void Print()
    {
        Console.WriteLine("solver     rows × columns   seconds   eager      ratio");
        foreach (var (rows, columns) in new[] { (576, 1536), (4096, 4096) })
        {
            using var scope = torch.NewDisposeScope();
            using var noGrad = torch.no_grad();
            torch.manual_seed(1);
            var weight = torch.randn(rows, columns);
            var inputs = torch.randn(2 * columns, columns) * torch.rand(columns).add_(Number.Of(0.1f), Number.One);
            Row("magnitude", weight, inputs, new Magnitude(Half), (w, _) => EagerSolvers.Magnitude(w, Sparsity));
            Row("wanda", weight, inputs, new Wanda(Half), (w, h) => EagerSolvers.Wanda(w, h.diagonal(), Sparsity));
            Row("sparsegpt", weight, inputs, new SparseGpt(new SparseGptOptions { Sparsity = Sparsity }),
                (w, h) => EagerSolvers.SparseGpt(w, h, Sparsity));
        }
    }

    private static void Row(string name, torch.Tensor weight, torch.Tensor inputs, ICompressor method,
        Action<torch.Tensor, torch.Tensor> eager)
    {
        var repeats = weight.numel() > 1 << 22 ? 2 : 10;
        var hessian = inputs.t().mm(inputs);
        var ours = Enumerable.Range(0, repeats + 1).Min(_ => Seconds(method, weight, inputs));
        var theirs = Clock.Seconds(weight.clone, w => eager(w, hessian), repeats);
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-10} {weight.shape[0],5} × {weight.shape[1],-5}    {ours,7:F4}   {theirs,7:F4}   {theirs / ours,7:F1} ×"));
    }

    private static double Seconds(ICompressor method, torch.Tensor weight, torch.Tensor inputs)
    {
        using var scope = torch.NewDisposeScope();
        var seconds = 0.0;
        method.Compress(new OneLinear(weight.clone(), inputs), new CompressionContext
        {
            Calibration = new CalibrationSet([.. Enumerable.Range(0, (int)inputs.shape[0]).Chunk(256)]),
            Report = report => seconds = report.Seconds,
            Logger = NullLogger.Instance,
        });
        return seconds;
    }
}
