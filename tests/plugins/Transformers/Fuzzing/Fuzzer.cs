using LlmKick.Sdk;
using TorchSharp;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Reads mutants of one format after the other, always the same ones: each succeeds or says one sentence, in time, and takes no
/// more memory than its size justifies.</summary>
internal sealed class Fuzzer(FuzzTarget target)
{
    // Unpacked codes of 2 bits as float32 are 16 times the file; names and lists in .NET take more than their bytes.
    private const long ManagedBase = 16 << 20;
    private const long ManagedFactor = 200;
    private const long TensorFactor = 64;
    // Each takes a millisecond; the rest is for a machine that is busy with other tests.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(30);

    private int _current;
    private long _started;

    /// <summary>Mutants whose headers were accepted.</summary>
    public int PastHeader { get; private set; }

    /// <summary>Mutants that were read to the end.</summary>
    public int Accepted { get; private set; }

    /// <summary>Reads so many mutants.</summary>
    public void Run(int first, int count)
    {
        using var folder = new TemporaryFolder();
        foreach (var (name, content) in target.Files)
            File.WriteAllBytes(folder.File(name), content);
        var work = Task.Factory.StartNew(() => ReadAll(folder, first, count), CancellationToken.None, TaskCreationOptions.LongRunning,
            TaskScheduler.Default);
        while (!work.Wait(TimeSpan.FromSeconds(1)))
            if (Environment.TickCount64 - Interlocked.Read(ref _started) > Longest.TotalMilliseconds)
                Assert.Fail($"{target.Name}, mutant {_current}: still reading after {Longest.TotalSeconds} s.");
    }

    private void ReadAll(TemporaryFolder folder, int first, int count)
    {
        for (_current = first; _current < first + count; _current++)
        {
            Interlocked.Exchange(ref _started, Environment.TickCount64);
            var random = new Random(_current);
            var (file, change) = target.Mutators[random.Next(target.Mutators.Count)];
            var mutant = change(target.Files[file], random);
            File.WriteAllBytes(folder.File(file), mutant);
            Check(folder.Path, target.Files.Values.Sum(content => (long)content.Length) + mutant.Length);
            File.WriteAllBytes(folder.File(file), target.Files[file]);
        }
    }

    private void Check(string folder, long size)
    {
        PastHeader += Attempt(() => target.Header(folder)) ? 1 : 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        long tensors = 0;
        Accepted += Attempt(() => tensors = target.Read(folder)) ? 1 : 0;
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= ManagedBase + ManagedFactor * size,
            $"{target.Name}, mutant {_current}: {allocated} bytes for files of {size}.");
        Assert.True(tensors <= TensorFactor * size, $"{target.Name}, mutant {_current}: tensors of {tensors} bytes for files of {size}.");
    }

    private bool Attempt(Action read)
    {
        try
        {
            using var scope = torch.NewDisposeScope();
            read();
            return true;
        }
        catch (LlmKickException e)
        {
            Assert.True(e.Message.EndsWith('.') && !e.Message.Any(char.IsControl),
                $"{target.Name}, mutant {_current}: '{e.Message}' is no sentence.");
            return false;
        }
        catch (Exception e)
        {
            Assert.Fail($"{target.Name}, mutant {_current}: {e}");
            return false;
        }
    }
}
