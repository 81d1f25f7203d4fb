using System.Collections.Concurrent;

namespace LlmKick.Sdk.Tensors;

/// <summary>The one thread on which models compute: dispose scopes are per thread, so tensors never leave it.</summary>
public static class ComputeThread
{
    // Twice a main thread's on Linux: what nests there fits here.
    private const int StackBytes = 16 << 20;

    private static readonly BlockingCollection<Action> Queue = [];
    private static readonly Lazy<Thread> Worker = new(Start);

    /// <summary>Runs work on the compute thread, or at once when already on it.</summary>
    /// <param name="work">Synchronous work.</param>
    /// <typeparam name="T">What the work gives; no tensor.</typeparam>
    /// <returns>A task that ends with the work's result or exception.</returns>
    public static Task<T> RunAsync<T>(Func<T> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (Thread.CurrentThread == Worker.Value)
            return Task.FromResult(work());
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        Queue.Add(() => Complete(done, work));
        return done.Task;
    }

    /// <summary>Runs work on the compute thread, or at once when already on it.</summary>
    /// <param name="work">Synchronous work.</param>
    public static Task RunAsync(Action work) => RunAsync(() =>
    {
        work();
        return true;
    });

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> work)
    {
        try
        {
            done.SetResult(work());
        }
        catch (OperationCanceledException canceled)
        {
            done.SetCanceled(canceled.CancellationToken);
        }
        catch (Exception failure)
        {
            done.SetException(failure);
        }
    }

    private static Thread Start()
    {
        var thread = new Thread(() =>
        {
            foreach (var work in Queue.GetConsumingEnumerable())
                work();
        }, StackBytes) { IsBackground = true, Name = "compute" };
        thread.Start();
        return thread;
    }
}
