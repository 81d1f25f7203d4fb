using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

public sealed class BlockwiseResumeTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Run_SomeBlocksStored_GivesTheSameWeightsAndReports(int stored)
    {
        var store = new MemoryBlockStore();
        using var whole = new TinyLlama(4);
        var expected = Run(whole, store);
        for (var block = stored; block < 4; block++)
            store.Forget(block);

        using var resumed = new TinyLlama(4);
        var reports = Run(resumed, store);
        AssertSame(whole, resumed);
        Assert.Equal(expected.Select(Comparable), reports.Select(Comparable));
        Assert.Equal(4 - stored + 3, resumed.Forwards);
    }

    [Fact]
    public void Run_AllStored_RunsNoForwardAndReportsInOrder()
    {
        var store = new MemoryBlockStore();
        using var whole = new TinyLlama();
        var expected = Run(whole, store);
        using var again = new TinyLlama();
        Assert.Equal(expected, Run(again, store));
        AssertSame(whole, again);
        Assert.Equal(0, again.Forwards);
    }

    [Fact]
    public void Run_Canceled_KeepsFinishedBlocksAndGoesOn()
    {
        var store = new MemoryBlockStore();
        using var stop = new CancellationTokenSource();
        using var model = new TinyLlama();
        var context = TestContexts.Compression(TinyLlama.Calibration(), store) with
        {
            CancellationToken = stop.Token,
            Progress = new Callback(update => (update.Done == 2 ? stop : null)?.Cancel()),
        };
        Assert.ThrowsAny<OperationCanceledException>(() => BlockwisePass.Run(model, InputStatistics.Hessian, Halve, context));
        Assert.Equal([0, 1], store.Blocks);

        using var whole = new TinyLlama();
        using var resumed = new TinyLlama();
        Run(whole, new MemoryBlockStore());
        Run(resumed, store);
        AssertSame(whole, resumed);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(300_000)]
    public void Run_ActivationsOverBudget_SpillAndGiveTheSame(long budget)
    {
        var folder = Directory.CreateTempSubdirectory();
        using var inMemory = new TinyLlama();
        using var spilled = new TinyLlama();
        var calibration = TinyLlama.Calibration(200, 40);
        var expected = Run(inMemory, new MemoryBlockStore(), calibration);
        var context = TestContexts.Compression(calibration) with { ActivationBudget = budget, SpillFolder = folder.FullName };
        BlockwisePass.Run(spilled, InputStatistics.Hessian, Halve, context);
        AssertSame(inMemory, spilled);
        Assert.Empty(folder.EnumerateFileSystemInfos());
        Assert.Equal(21, expected.Count);
        folder.Delete();
    }

    [Fact]
    public void Run_FailureWithSpilledActivations_LeavesNoFile()
    {
        var folder = Directory.CreateTempSubdirectory();
        using var model = new TinyLlama();
        var context = TestContexts.Compression(TinyLlama.Calibration()) with { ActivationBudget = 0, SpillFolder = folder.FullName };
        Assert.Throws<LlmKickException>(() =>
            BlockwisePass.Run(model, InputStatistics.Hessian, (_, _, _) => throw new LlmKickException("no"), context));
        Assert.Empty(folder.EnumerateFileSystemInfos());
        folder.Delete();
    }

    [Theory]
    [InlineData(torch.ScalarType.Float32)]
    [InlineData(torch.ScalarType.BFloat16)]
    public void HiddenStates_OverBudget_GiveBackWhatWasPut(torch.ScalarType dtype)
    {
        using var states = new HiddenStates(1000, Path.GetTempPath());
        for (var i = 0; i < 4; i++)
            states.Add(torch.full([1, 10, 20], Number.Of(i), dtype: dtype));
        Assert.Equal(dtype == torch.ScalarType.Float32 ? 2400 : 800, states.SpilledBytes);
        states.Replace(batch => batch.add(Number.Of(1), Number.One), CancellationToken.None);
        var seen = new List<float>();
        states.ForEach(batch => seen.Add(batch.to(torch.float32).mean().item<float>()), CancellationToken.None);
        Assert.Equal([1f, 2, 3, 4], seen);
    }

    private static List<LinearReport> Run(TinyLlama model, IBlockStore store, CalibrationSet? calibration = null)
    {
        var reports = new List<LinearReport>();
        BlockwisePass.Run(model, InputStatistics.Hessian, Halve,
            TestContexts.Compression(calibration ?? TinyLlama.Calibration(), store, reports));
        return reports;
    }

    /// <summary>A change that depends on everything a method is given.</summary>
    private static void Halve(LinearGroup group, GroupStatistics statistics, GroupContext context)
    {
        var scale = statistics.Hessian.diagonal().sqrt();
        foreach (var linear in group.Linears)
            linear.Replace((linear.Weight * scale / scale.mean().add(Number.Of(1), Number.One))
                .add(Number.Of(context.Seed % 7 * 0.001f), Number.One), new PrunedEncoding(null));
    }

    private static LinearReport Comparable(LinearReport report) => report with { Seconds = 0, Shape = [] };

    private static void AssertSame(TinyLlama expected, TinyLlama actual)
    {
        foreach (var (a, b) in expected.Linears.Zip(actual.Linears))
        {
            Assert.Equal(a.Weight.data<float>().ToArray(), b.Weight.data<float>().ToArray());
            Assert.Equal(a.Encoding, b.Encoding);
        }
    }

    private sealed class Callback(Action<ProgressUpdate> report) : IProgress<ProgressUpdate>
    {
        public void Report(ProgressUpdate value) => report(value);
    }
}
