using System.Globalization;

namespace LlmKick.Benchmarks.Mixers;

/// <summary>The most memory of its own that the process had while it watched, by Linux's count (RssAnon).</summary>
internal sealed class MemoryWatch : IDisposable
{
    private const int Milliseconds = 20;
    private readonly Timer _timer;
    private long _most;

    public MemoryWatch() => _timer = new Timer(_ => _most = Math.Max(_most, Now()), null, 0, Milliseconds);

    /// <summary>10⁹ bytes.</summary>
    public double Most => Math.Max(_most, Now()) / 1e9;

    public void Dispose() => _timer.Dispose();

    private static long Now() => 1024 * long.Parse(File.ReadLines("/proc/self/status").First(line => line.StartsWith("RssAnon:",
        StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
}
