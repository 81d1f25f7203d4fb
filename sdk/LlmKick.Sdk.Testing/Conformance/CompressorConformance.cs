using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>What every compression method must hold to, tried on <see cref="TinyLlama"/>. Inherit it in a public class of a test project.</summary>
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
public abstract class CompressorConformance<TPlugin> : ComponentConformance<TPlugin> where TPlugin : IPlugin, new()
{
    private const int Blocks = 2;

    /// <summary>Creates the suite.</summary>
    protected CompressorConformance() : base(ComponentKind.Compressor) { }

    /// <summary>The options that the method is tried with: at least one.</summary>
    protected abstract IReadOnlyList<CompressorCase> Cases { get; }

    /// <summary>The element types that models may come in. Override to leave out one that the method refuses.</summary>
    protected virtual IReadOnlyList<torch.ScalarType> ElementTypes => [torch.ScalarType.Float32, torch.ScalarType.BFloat16];

    /// <summary>Compressing keeps shapes and element types, and leaves finite weights with which the model still answers.</summary>
    [Fact]
    public void Compress_EveryElementType_KeepsShapesAndStaysFinite() => Each(ElementTypes, (_, method, model) =>
    {
        var before = model.Linears.Select(Form).ToList();
        method.Run(model, TinyLlama.Calibration());
        foreach (var (form, linear) in before.Zip(model.Linears))
            Assert.True(form == Form(linear), $"{form} became {Form(linear)}: change weights through Linear.Replace alone.");
        RequireFinite(model);
    });

    /// <summary>One seed gives one result, bit for bit.</summary>
    [Fact]
    public void Compress_TwiceWithOneSeed_GivesTheSameBits() => Each(ElementTypes, (_, method, model) =>
    {
        using var again = new TinyLlama(Blocks, model.Embedding.dtype);
        method.Run(model, TinyLlama.Calibration());
        method.Run(again, TinyLlama.Calibration());
        RequireSame(model, again, "two runs with one seed differ: draw random numbers from GroupContext.Seed (or CompressionContext.Seed) alone, keep no state between runs, and add up in a fixed order.");
    });

    /// <summary>A second instance with equal options does what the first does.</summary>
    [Fact]
    public void Compress_AnotherInstance_GivesTheSameBits()
    {
        foreach (var (first, second) in Cases.Zip(Cases))
        {
            using var model = new TinyLlama(Blocks);
            using var again = new TinyLlama(Blocks);
            Method(first).Run(model, TinyLlama.Calibration());
            Method(second).Run(again, TinyLlama.Calibration());
            RequireSame(model, again, "two instances with equal options differ: let the result follow from options, model, calibration and seed alone.");
        }
    }

    /// <summary>The sparsity that a case states is what every linear has.</summary>
    [Fact]
    public void Compress_Sparsity_IsWhatWasAsked() => Each(ElementTypes, (test, method, model) =>
    {
        method.Run(model, TinyLlama.Calibration());
        if (test.Sparsity is { } asked)
            foreach (var linear in model.Linears)
                Assert.True(Math.Abs(Sparsity(linear) - asked) <= test.Tolerance,
                    $"{linear.Name} has a sparsity of {Sparsity(linear):0.####} where {test.Options} asks for {asked}: remove that share, or state in the case what these options mean.");
    });

    /// <summary>Every linear is reported once, in block order, with finite numbers and the encoding that it has.</summary>
    [Fact]
    public void Compress_Reports_AreOneForEachLinear() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var reports = method.Run(model, TinyLlama.Calibration());
        Assert.True(model.Linears.Select(l => l.Name).SequenceEqual(reports.Select(r => r.Linear)) && reports.Select(r => r.Block).SequenceEqual(reports.Select(r => r.Block).Order()),
            $"Reported were {string.Join(", ", reports.Select(r => $"{r.Block}.{r.Linear}"))}: report every linear of every block once, in block order (BlockwisePass does).");
        foreach (var (report, linear) in reports.Zip(model.Linears))
        {
            Assert.True(Equals(report.Encoding, linear.Encoding), $"{linear.Name} has the encoding {linear.Encoding} but {report.Encoding} was reported: report after the change.");
            Assert.True(double.IsFinite(report.Sparsity + report.RelativeFrobenius + (report.RelativeOutputError ?? 0)), $"The report of {linear.Name} is not all finite numbers: {report}");
        }
    });

    /// <summary>Damaged weights are refused with block and linear named; nothing is made of NaN.</summary>
    /// <param name="value">What one weight is.</param>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void Compress_WeightThatIsNoNumber_IsRefusedByBlockAndName(float value) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using (torch.no_grad())
        using (var last = model.Weight(1, "mlp.up_proj").view(-1).narrow(0, 5, 1))
            last.fill_(value);
        Refusal.Require(() => method.Run(model, TinyLlama.Calibration()), $"A weight of mlp.up_proj in block 1 is {value}", "block 1", "mlp.up_proj");
    });

    /// <summary>Activations that are no numbers are refused with the block named, or do not matter.</summary>
    /// <param name="value">What one row of the embedding is.</param>
    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Compress_InputThatIsNoNumber_IsRefusedOrHarmless(float value) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using (torch.no_grad())
            model.Embedding.fill_(value);
        if (method.Needs == InputStatistics.None)
            Refusal.Allow(() => method.Run(model, TinyLlama.Calibration()), $"Activations are {value}");
        else
            Refusal.Require(() => method.Run(model, TinyLlama.Calibration()), $"Activations are {value}", "block 0", "q_proj");
        foreach (var linear in model.Linears)
            RequireFinite(linear);
    });

    /// <summary>Weights that are all zero stay so.</summary>
    [Fact]
    public void Compress_WeightsOfZero_StayZero() => Each(ElementTypes, (_, method, model) =>
    {
        using (torch.no_grad())
            foreach (var linear in model.Linears)
                linear.Weight.zero_();
        method.Run(model, TinyLlama.Calibration());
        foreach (var linear in model.Linears)
            Assert.True(Sparsity(linear) == 1, $"{linear.Name} was all zero and no longer is (or has NaN): look for a division by a norm, scale or range of zero.");
    });

    /// <summary>Activations that are all zero say nothing, which is no reason to fail.</summary>
    [Fact]
    public void Compress_InputsOfZero_StaysFinite() => Each(ElementTypes, (_, method, model) =>
    {
        using (torch.no_grad())
            model.Embedding.zero_();
        method.Run(model, TinyLlama.Calibration());
        foreach (var linear in model.Linears)
            RequireFinite(linear);
    });

    /// <summary>The smallest calibration sets are enough or refused.</summary>
    /// <param name="sequences">Sequences.</param>
    /// <param name="length">Tokens in each.</param>
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 2)]
    [InlineData(3, 1)]
    public void Compress_TinyCalibration_StaysFiniteOrIsRefused(int sequences, int length) => Each(ElementTypes, (_, method, model) =>
    {
        Refusal.Allow(() => method.Run(model, TinyLlama.Calibration(sequences, length)), $"{sequences} calibration sequences of {length} tokens");
        foreach (var linear in model.Linears)
            RequireFinite(linear);
    });

    /// <summary>A calibration set without sequences, or of sequences without tokens, is refused, or does not matter.</summary>
    /// <param name="sequences">Sequences of no tokens.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Compress_EmptyCalibration_IsRefusedOrHarmless(int sequences) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var empty = new CalibrationSet([.. Enumerable.Range(0, sequences).Select(_ => Array.Empty<int>())]);
        if (method.Needs == InputStatistics.None)
            Refusal.Allow(() => method.Run(model, empty), "Calibration without tokens");
        else
            Refusal.Require(() => method.Run(model, empty), "Calibration without tokens", "calibration");
        foreach (var linear in model.Linears)
            RequireFinite(linear);
    });

    /// <summary>A method that says that it needs no statistics does without calibration; another says that it is missing.</summary>
    [Fact]
    public void Compress_WithoutCalibration_IsAsNeedsSays() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        if (method.Needs == InputStatistics.None)
            method.Run(model);
        else
            Refusal.Require(() => method.Run(model), "No calibration set", "calibration");
    });

    /// <summary>A compression that was cut off goes on to the same bits.</summary>
    /// <param name="lost">The block that was not stored.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Compress_ResumedFromStoredBlocks_GivesTheSameBits(int lost) => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        using var store = new MemoryBlockStore();
        method.Run(model, TinyLlama.Calibration(), store);
        Assert.True(store.Blocks.SequenceEqual(Enumerable.Range(0, Blocks)), $"Stored were blocks {string.Join(", ", store.Blocks)}: save each finished block in CompressionContext.Store (BlockwisePass does).");
        store.Forget(lost);
        using var resumed = new TinyLlama(Blocks);
        method.Run(resumed, TinyLlama.Calibration(), store);
        RequireSame(model, resumed, $"what was compressed again after block {lost} was lost differs: let a block's result follow from its inputs and GroupContext.Seed, not from what was done before.");
    });

    /// <summary>A canceled compression stops.</summary>
    [Fact]
    public void Compress_Canceled_Stops() => Each([torch.ScalarType.Float32], (_, method, model) =>
    {
        var failure = Record.Exception(() => method.Compress(model, TestContexts.Compression(TinyLlama.Calibration()) with { CancellationToken = new CancellationToken(true) }));
        Assert.True(failure is OperationCanceledException, $"A canceled compression ended with {failure?.GetType().Name ?? "no exception"}: ask CompressionContext.CancellationToken between blocks (BlockwisePass does).");
    });

    /// <summary>No tensor outlives the compression.</summary>
    [Fact]
    public void Compress_Tensors_AreAllReleased() => Each(ElementTypes, (_, method, model) =>
    {
        method.Run(model, TinyLlama.Calibration());
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        method.Run(model, TinyLlama.Calibration());
        var left = DisposeScopeManager.Statistics.ThreadTotalLiveCount - before;
        Assert.True(left == 0, $"{left} tensors are alive after the compression that were not before: make them inside 'using var scope = torch.NewDisposeScope()'.");
    });

    private ICompressor Method(CompressorCase test) => (ICompressor)Create(test.Options);

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

    private static string Form(Linear linear) => $"{linear.Name} [{string.Join(", ", linear.Weight.shape)}] {linear.Weight.dtype}";

    private static double Sparsity(Linear linear) => 1 - (double)Number(linear.Weight, weight => weight.count_nonzero()) / linear.Weight.numel();

    private static void RequireFinite(TinyLlama model)
    {
        foreach (var linear in model.Linears)
            RequireFinite(linear);
        using var scope = torch.NewDisposeScope();
        var hidden = model.Forward(torch.arange(20).unsqueeze(0), [20], null);
        Assert.True(Number(model.Logits(hidden[0]), logits => logits.isfinite().logical_not_().sum()) == 0, "The compressed model answers with NaN or infinity: a weight grew out of bounds.");
    }

    private static void RequireFinite(Linear linear) => Assert.True(
        Number(linear.Weight, weight => weight.isfinite().logical_not_().sum()) == 0,
        $"{linear.Name} holds NaN or infinity: look for divisions by zero and overflow, and compute in float32.");

    private static void RequireSame(TinyLlama one, TinyLlama other, string advice)
    {
        foreach (var (first, second) in one.Linears.Zip(other.Linears))
            Assert.True(Number(first.Weight, weight => weight.ne(second.Weight).sum()) == 0, $"{first.Name}: {advice}");
    }

    private static long Number(torch.Tensor tensor, Func<torch.Tensor, torch.Tensor> count)
    {
        using var scope = torch.NewDisposeScope();
        return count(tensor).item<long>();
    }
}
