using System.Diagnostics;
using TorchSharp;

namespace LlmKick.Diagnosis;

/// <summary>How fast this machine multiplies matrices: what all speeds are measured against.</summary>
internal static class MatrixRate
{
    private const int Size = 1024;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.5);

    /// <summary>The best rate of a 1024³ product in 10⁹ operations a second, over half a second.</summary>
    public static double Measure(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var left = torch.ones([Size, Size], dtype: type);
        var right = torch.ones([Size, Size], dtype: type);
        left[..64].mm(right).Dispose(); // the first call prepares kernels and threads
        var best = TimeSpan.MaxValue;
        for (var whole = Stopwatch.StartNew(); whole.Elapsed < Budget;)
        {
            var one = Stopwatch.StartNew();
            left.mm(right).Dispose();
            best = one.Elapsed < best ? one.Elapsed : best;
        }
        return 2.0 * Size * Size * Size / best.TotalSeconds / 1e9;
    }
}
