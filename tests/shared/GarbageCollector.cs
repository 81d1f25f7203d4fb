namespace LlmKick.Tests;

/// <summary>A thread that collects garbage without pause: what nothing holds is freed at once, and not when the runtime happens to need memory.</summary>
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
            GC.Collect(Count % 64 == 0 ? 2 : Count % 8 == 0 ? 1 : 0, GCCollectionMode.Forced, blocking: true);
    }
}
