using System.Diagnostics;
using TorchSharp;

namespace LlmKick.Benchmarks;

/// <summary>Measures work that can be repeated.</summary>
internal static class Clock
{
    /// <summary>The least of a few times: what the work takes when nothing else runs.</summary>
    /// <param name="prepare">Makes what the work needs; not counted.</param>
    /// <param name="work">The work.</param>
    /// <param name="repeats">How often, after one run to warm up.</param>
    public static double Seconds<T>(Func<T> prepare, Action<T> work, int repeats = 5)
    {
        var best = double.PositiveInfinity;
        for (var i = 0; i <= repeats; i++)
        {
            using var scope = torch.NewDisposeScope();
            var input = prepare();
            var clock = Stopwatch.StartNew();
            work(input);
            if (i > 0)
                best = Math.Min(best, clock.Elapsed.TotalSeconds);
        }
        return best;
    }
}
