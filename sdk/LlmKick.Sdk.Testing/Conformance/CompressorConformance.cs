using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every compression method must hold to, tried on <see cref="TinyLlama"/>. Inherit it in a public class of a test
/// project.</summary>
/// <example>
/// <code>
/// public sealed class WandaConformance : CompressorConformance&lt;PruningPlugin&gt;
/// {
///     protected override string Name =&gt; "wanda";
///     protected override IReadOnlyList&lt;CompressorCase&gt; Cases =&gt; [new(new PruningOptions { Sparsity = 0.5 }) { Sparsity = 0.5 }];
/// }
/// </code>
/// </example>
/// <typeparam name="TPlugin">The plugin that offers the method.</typeparam>
public abstract partial class CompressorConformance<TPlugin> : ComponentConformance<TPlugin> where TPlugin : IPlugin, new()
{
    private const int Blocks = 2;

    /// <summary>Creates the suite.</summary>
    protected CompressorConformance() : base(ComponentKind.Compressor) { }

    /// <summary>The options that the method is tried with: at least one.</summary>
    protected abstract IReadOnlyList<CompressorCase> Cases { get; }

    /// <summary>The element types that models may come in. Override to leave out one that the method refuses.</summary>
    protected virtual IReadOnlyList<torch.ScalarType> ElementTypes => [torch.ScalarType.Float32, torch.ScalarType.BFloat16];

    /// <summary>Whether the method changes weights. Override with false for one that changes what is computed with them alone: then nothing
    /// is reported and stored.</summary>
    protected virtual bool ChangesWeights => true;

    /// <summary>Compressing keeps shapes and element types, and leaves finite weights with which the model still answers.</summary>
    [Fact]
    public void Compress_EveryElementType_KeepsShapesAndStaysFinite() => Each(ElementTypes, (_, method, model) =>
    {
        var before = model.Linears.Select(WeightCheck.Describe).ToList();
        Compress(method, model);
        foreach (var (form, linear) in before.Zip(model.Linears))
            Assert.True(form == WeightCheck.Describe(linear),
                $"{form} became {WeightCheck.Describe(linear)}: change weights through Linear.Replace alone.");
        WeightCheck.RequireFinite(model);
    });

    /// <summary>One seed gives one result, bit for bit.</summary>
    [Fact]
    public void Compress_TwiceWithOneSeed_GivesTheSameBits() => Each(ElementTypes, (_, method, model) =>
    {
        using var again = new TinyLlama(Blocks, model.Embedding.dtype);
        Compress(method, model);
        Compress(method, again);
        WeightCheck.RequireSame(model, again, "two runs with one seed differ: draw random numbers from GroupContext.Seed (or "
            + "CompressionContext.Seed) alone, keep no state between runs, and add up in a fixed order.");
    });

    /// <summary>A second instance with equal options does what the first does.</summary>
    [Fact]
    public void Compress_AnotherInstance_GivesTheSameBits()
    {
        foreach (var (first, second) in Cases.Zip(Cases))
        {
            using var model = new TinyLlama(Blocks);
            using var again = new TinyLlama(Blocks);
            Compress(Method(first), model);
            Compress(Method(second), again);
            WeightCheck.RequireSame(model, again,
                "two instances with equal options differ: let the result follow from options, model, calibration and seed alone.");
        }
    }

    /// <summary>The sparsity that a case states is what every linear has.</summary>
    [Fact]
    public void Compress_Sparsity_IsWhatWasAsked() => Each(ElementTypes, (test, method, model) =>
    {
        Compress(method, model);
        if (test.Sparsity is { } asked)
            foreach (var linear in model.Linears)
                Assert.True(Math.Abs(WeightCheck.Sparsity(linear) - asked) <= test.Tolerance,
                    $"{linear.Name} has a sparsity of {WeightCheck.Sparsity(linear):0.####} where {test.Options} asks for {asked}: remove "
                        + $"that share, or state in the case what these options mean.");
    });

    /// <summary>Every linear is reported once, in block order, with finite numbers and the encoding that it has.</summary>
    [Fact]
    public void Compress_Reports_AreOneForEachLinear() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var reports = Compress(method, model);
        Assert.True((ChangesWeights ? model.Linears.Select(l => l.Name) : []).SequenceEqual(reports.Select(r => r.Linear))
            && reports.Select(r => r.Block).SequenceEqual(reports.Select(r => r.Block).Order()),
            $"Reported were {string.Join(", ", reports.Select(r => $"{r.Block}.{r.Linear}"))}: report every linear of every block once, in "
                + $"block order (BlockwisePass does).");
        foreach (var (report, linear) in reports.Zip(model.Linears))
        {
            Assert.True(Equals(report.Encoding, linear.Encoding),
                $"{linear.Name} has the encoding {linear.Encoding} but {report.Encoding} was reported: report after the change.");
            Assert.True(double.IsFinite(report.Sparsity + report.RelativeFrobenius + (report.RelativeOutputError ?? 0)),
                $"The report of {linear.Name} is not all finite numbers: {report}");
        }
    });

    /// <summary>A compression that was cut off goes on to the same bits.</summary>
    /// <param name="lost">The block that was not stored.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Compress_ResumedFromStoredBlocks_GivesTheSameBits(int lost) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using var store = new MemoryBlockStore();
        Compress(method, model, store: store);
        Assert.True(store.Blocks.SequenceEqual(Enumerable.Range(0, ChangesWeights ? Blocks : 0)), $"Stored were blocks "
            + $"{string.Join(", ", store.Blocks)}: save each finished block in CompressionContext.Store (BlockwisePass does).");
        store.Forget(lost);
        using var resumed = new TinyLlama(Blocks);
        Compress(method, resumed, store: store);
        WeightCheck.RequireSame(model, resumed, $"what was compressed again after block {lost} was lost differs: let a block's result "
            + $"follow from its inputs and GroupContext.Seed, not from what was done before.");
    });

    /// <summary>A canceled compression stops.</summary>
    [Fact]
    public void Compress_Canceled_Stops() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var failure = Record.Exception(() => method
            .Compress(model, TestContexts.Compression(TinyLlama.Calibration()) with { CancellationToken = new CancellationToken(true) }));
        Assert.True(failure is OperationCanceledException, $"A canceled compression ended with {failure?.GetType().Name ?? "no exception"}"
            + $": ask CompressionContext.CancellationToken between blocks (BlockwisePass does).");
    });

    /// <summary>No tensor outlives the compression.</summary>
    [Fact]
    public void Compress_Tensors_AreAllReleased() => Each(ElementTypes, (_, method, model) =>
    {
        Compress(method, model);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Compress(method, model);
        var left = DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
        Assert.True(left == 0, $"{left} tensors are alive after the compression that were not before: make them inside 'using var scope = "
            + $"torch.NewDisposeScope()'.");
    });

    private ICompressor Method(CompressorCase test) => (ICompressor)Create(test.Options);

    private static IReadOnlyList<LinearReport> Compress(ICompressor method, TinyLlama model, string what = "a sound model",
        IBlockStore? store = null)
    {
        try
        {
            return method.Run(model, TinyLlama.Calibration(), store);
        }
        catch (LlmKickException failure)
        {
            Assert.Fail($"On {what} the method fails: {failure.Message} If it is the inputs of a later block, the method itself wrote NaN "
                + $"or infinity: look for divisions by a norm, scale or range of zero, and compute in float32.");
            throw;
        }
    }

    private void Each(IReadOnlyList<torch.ScalarType> types, Action<CompressorCase, ICompressor, TinyLlama> act)
    {
        Assert.True(Cases.Count > 0, "Cases is empty: give at least one set of options.");
        foreach (var test in Cases)
            foreach (var type in types)
            {
                using var model = new TinyLlama(Blocks, type);
                act(test, Method(test), model);
            }
    }
}
