using System.Diagnostics;

namespace LlmKick.Tests;

/// <summary>
/// A thread that collects garbage all the time: what nothing holds is freed at once, and not when the runtime happens to need memory.
/// Between two collections, which stop all threads, it waits as long as one took, so that the tests get half of the time.
/// </summary>
internal sealed class GarbageCollector : IDisposable
{
    private readonly Thread thread;
    private volatile bool isDone;

    public GarbageCollector()
    {
        thread = new Thread(Collect) { IsBackground = true, Name = "garbage collector" };
        thread.Start();
    }

    /// <summary>How often it collected.</summary>
    public int Count { get; private set; }

    public void Dispose()
    {
        isDone = true;
        thread.Join();
    }

    /// <summary>Mostly the youngest objects, which are those that a call has just made; what outlived that now and then.</summary>
    private void Collect()
    {
        for (; !isDone; Count++)
        {
            var start = Stopwatch.GetTimestamp();
            GC.Collect(Count % 512 == 0 ? 2 : Count % 16 == 0 ? 1 : 0, GCCollectionMode.Forced, blocking: true);
            for (var end = 2 * Stopwatch.GetTimestamp() - start; Stopwatch.GetTimestamp() < end;)
                Thread.SpinWait(10);
        }
    }
}
