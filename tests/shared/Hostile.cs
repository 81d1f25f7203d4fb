using LlmKick.Sdk;

namespace LlmKick.Tests;

/// <summary>Reads input that is damaged or meant to harm, and sees to it that a reader either succeeds or says one sentence.</summary>
internal static class Hostile
{
    private const long MostBytes = 64 << 20;
    // Each takes milliseconds; the rest is for a machine that is busy with other tests.
    private static readonly TimeSpan LongestTime = TimeSpan.FromSeconds(30);

    /// <summary>Reads once.</summary>
    /// <param name="read">The reader.</param>
    /// <param name="input">What is read, for the message of a failing test.</param>
    /// <returns>The sentence, or null where the input was accepted.</returns>
    public static string? Read(Action read, string input)
    {
        // A thread of its own: the pool may be busy with other tests.
        var attempt = Task.Factory.StartNew(() => Attempt(read), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        Assert.True(attempt.Wait(LongestTime), $"{input}: still reading after {LongestTime.TotalSeconds} s.");
        var (failure, bytes) = attempt.Result;
        Assert.True(bytes <= MostBytes, $"{input}: {bytes} bytes were allocated.");
        Assert.True(failure is null or LlmKickException, $"{input}: {failure}");
        if (failure is null)
            return null;
        Assert.True(failure.Message.EndsWith('.') && !failure.Message.Any(char.IsControl), $"{input}: '{failure.Message}' is no sentence.");
        return failure.Message;
    }

    /// <summary>Reads many mutations of a valid input, always the same ones; <c>LLMKICK_MUTANTS</c> asks for more.</summary>
    /// <param name="valid">The input.</param>
    /// <param name="header">How many of its first bytes are changed.</param>
    /// <param name="count">How many mutations.</param>
    /// <param name="read">Reads one.</param>
    public static void Fuzz(byte[] valid, int header, int count, Action<byte[]> read)
    {
        var refused = 0;
        count = int.TryParse(Environment.GetEnvironmentVariable("LLMKICK_MUTANTS"), out var wanted) ? wanted : count;
        for (var seed = 0; seed < count; seed++)
        {
            var mutant = Mutation.Of(valid, header, seed);
            if (Read(() => read(mutant), $"Mutation {seed}") is not null)
                refused++;
        }
        Assert.InRange(refused, count / 10, count);
    }

    private static (Exception? Failure, long Bytes) Attempt(Action read)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var failure = Record.Exception(read);
        return (failure, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
