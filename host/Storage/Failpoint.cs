using System.Diagnostics;
using System.Globalization;

namespace LlmKick.Storage;

/// <summary>
/// A hook for tests: with <c>LLMKICK_FAILPOINT=name:n</c> the process is killed, as by <c>kill -9</c>, when it comes to that point for the
/// n-th time.
/// </summary>
internal static class Failpoint
{
    private static readonly string[]? Wanted = Environment.GetEnvironmentVariable("LLMKICK_FAILPOINT")?.Split(':');
    private static int passed;

    /// <summary>Passes a point, or dies there.</summary>
    public static void Pass(string name)
    {
        if (Wanted is not [var point, var count] || point != name
            || Interlocked.Increment(ref passed) != int.Parse(count, CultureInfo.InvariantCulture))
            return;
        using var self = Process.GetCurrentProcess();
        self.Kill();
        Thread.Sleep(Timeout.Infinite);
    }
}
