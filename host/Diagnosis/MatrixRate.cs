using System.Diagnostics;
using TorchSharp;

namespace LlmKick.Diagnosis;

/// <summary>How fast this machine multiplies matrices: what all speeds are measured against.</summary>
internal static class MatrixRate
{
    // Large enough that a product is as fast as they get, small enough for half a second and 12 MB.
    private const int Size = 1024;
    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(0.5);

    /// <summary>The best rate of a 1024³ product in 10⁹ operations a second, over half a second.</summary>
    /// <remarks>Where one product would take longer than that, the rate is that of its first rows.</remarks>
    public static double Measure(torch.ScalarType type)
    {
        using var scope = torch.NewDisposeScope();
        var left = torch.ones([Size, Size], dtype: type);
        var right = torch.ones([Size, Size], dtype: type);
        var some = left[..(Size / 16)];
        Multiply(some, right); // the first call prepares kernels and threads
        var rough = Multiply(some, right);
        return rough * 16 > Budget ? Rate(Size / 16, rough) : Rate(Size, Best(left, right));
    }

    private static TimeSpan Best(torch.Tensor left, torch.Tensor right)
    {
        var best = TimeSpan.MaxValue;
        for (var whole = Stopwatch.StartNew(); whole.Elapsed < Budget;)
            best = TimeSpan.FromTicks(Math.Min(best.Ticks, Multiply(left, right).Ticks));
        return best;
    }

    private static TimeSpan Multiply(torch.Tensor left, torch.Tensor right)
    {
        var watch = Stopwatch.StartNew();
        left.mm(right).Dispose();
        return watch.Elapsed;
    }

    private static double Rate(int rows, TimeSpan time) => 2.0 * rows * Size * Size / time.TotalSeconds / 1e9;
}
