using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Testing;
using LlmKick.Tests.Pruning;
using LlmKick.Tests.Transformers;
using static TorchSharp.torch;

namespace LlmKick.Tests.Quantization;

/// <summary>Experts that see few calibration tokens, or take turns.</summary>
public sealed class ExpertCalibrationTests
{
    /// <summary>The expert of <see cref="TinyExperts"/> that no token reaches.</summary>
    private const int Cold = TinyExperts.Experts - 1;

    private static readonly Dictionary<string, Func<ICompressor>> WithHessians = new()
    {
        ["gptq"] = () => new Gptq(new GptqOptions { GroupSize = 32, ActOrder = true }),
        ["true_sequential"] = () => new Gptq(new GptqOptions { GroupSize = 32, TrueSequential = true }),
        ["sparsegpt"] = () => new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }),
        ["sparsegpt-gptq"] = () => new Gptq(new GptqOptions { GroupSize = 32 }, new SparseGptqOptions { Sparsity = 0.5 }.Removal),
    };

    public static TheoryData<string> Hessians => [.. WithHessians.Keys];

    public static TheoryData<string, string> Twins => new MatrixTheoryData<string, string>(
        ["mixtral", "qwen3_moe", "granitemoe", "qwen3_5_moe_text"], ["wanda", "magnitude", "rtn", .. WithHessians.Keys]);

    [Theory]
    [InlineData(3)]
    [InlineData(4)]
    public void Gptq_ColdExpert_IsRoundedToNearest(int bits)
    {
        using var model = new TinyExperts();
        using var nearest = new TinyExperts();
        var reports = Run(new Gptq(new GptqOptions { Bits = bits, GroupSize = 32, ActOrder = true }), model);
        Run(new Rtn(new RtnOptions { Bits = bits, GroupSize = 32 }), nearest);
        Assert.All(model.Linears.Zip(nearest.Linears), pair => Assert.Equal(
            pair.First.Expert == Cold || pair.First.Role == LinearRole.Router, Same(pair.First.Weight, pair.Second.Weight)));
        AssertTold(reports, isLeft: false);
    }

    [Fact]
    public void Pruners_ColdExpert_GoByMagnitude()
    {
        using var byRow = new TinyExperts();
        using var byBlock = new TinyExperts();
        var reports = Run(new Wanda(new PruningOptions { Sparsity = 0.5 }), byRow);
        AssertTold(reports, isLeft: false);
        Run(new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }), byBlock);
        using var untouched = new TinyExperts();
        foreach (var ((wanda, sparseGpt), before) in byRow.Linears.Zip(byBlock.Linears).Zip(untouched.Linears)
            .Where(all => all.Second.Expert == Cold))
        {
            var sizes = before.Weight.abs();
            var ofRow = sizes.sort(1).Values.narrow(1, TinyExperts.Width / 2 - 1, 1);
            Assert.True(Same(wanda.Weight.ne(Number.Of(0)), sizes.gt(ofRow)), wanda.Name);
            var ofAll = sizes.flatten().sort().Values[sizes.numel() / 2];
            Assert.True(Same(sparseGpt.Weight.ne(Number.Of(0)), sizes.gt(ofAll)), sparseGpt.Name);
            Assert.True(Same(sparseGpt.Weight, before.Weight * sparseGpt.Weight.ne(Number.Of(0))), sparseGpt.Name);
        }
    }

    [Theory]
    [MemberData(nameof(Hessians))]
    public void Leave_ColdExpert_StaysAsItIs(string method)
    {
        using var model = new TinyExperts();
        using var untouched = new TinyExperts();
        var reports = Run(WithHessians[method](), model, new ExpertCalibration { Then = ColdExperts.Leave });
        Assert.All(model.Linears.Zip(untouched.Linears), pair => Assert.Equal(
            pair.First.Expert == Cold || pair.First.Role == LinearRole.Router, Same(pair.First.Weight, pair.Second.Weight)));
        AssertTold(reports, isLeft: true);
    }

    /// <summary>What an earlier method made of such an expert stays, and is said to have been left.</summary>
    [Fact]
    public void Leave_SecondStep_SaysThatItLeftWhatTheFirstMade()
    {
        using var model = new TinyExperts();
        Run(new Wanda(new PruningOptions { Sparsity = 0.5 }), model);
        var reports = Run(WithHessians["gptq"](), model, new ExpertCalibration { Then = ColdExperts.Leave });
        Assert.All(reports, report => Assert.Equal(report.Expert == Cold, report.LeftForTokens));
        Assert.All(model.Linears.Where(linear => linear.Expert == Cold), linear => Assert.IsType<PrunedEncoding>(linear.Encoding));
    }

    /// <summary>A share of all tokens makes those cold that get less; data-free methods treat no expert otherwise.</summary>
    [Fact]
    public void Below_Share_DecidesWhichAreCold()
    {
        using var model = new TinyExperts(1);
        var all = Run(new Wanda(new PruningOptions { Sparsity = 0.5 }), model, new ExpertCalibration { Below = new Share(1) })
            .Where(report => report.Expert is not null).ToList();
        Assert.Equal(TinyLlama.Calibration().Sequences.Count * TinyLlama.Calibration().Length,
            all.Where(report => report.Linear.EndsWith("down_proj", StringComparison.Ordinal)).Sum(report => report.TooFewTokens));
        var second = all.Select(report => report.TooFewTokens!.Value).Distinct().Order().ElementAt(1);
        foreach (var (tokens, cold) in new[] { (second, 1), (second + 1, 2) })
        {
            using var again = new TinyExperts(1);
            var share = tokens / (double)(TinyLlama.Calibration().Sequences.Count * TinyLlama.Calibration().Length);
            var reports = Run(new Wanda(new PruningOptions { Sparsity = 0.5 }), again, new ExpertCalibration { Below = new Share(share) });
            Assert.Equal(cold, reports.Where(report => report.TooFewTokens is not null).Select(report => report.Expert).Distinct().Count());
        }
        using var free = new TinyExperts(1);
        Assert.All(Run(new Magnitude(new PruningOptions { Sparsity = 0.5 }), free, new ExpertCalibration { Below = new Share(1) }),
            report => Assert.Null(report.TooFewTokens));
    }

    [Fact]
    public void SmoothQuant_ColdExpert_TakesTheRangeOfTheOthers()
    {
        using var model = new TinyExperts();
        Run(new SmoothQuant(new SmoothQuantOptions { Activations = ActivationKind.Static, Smooth = SmoothedGroups.Norms }), model);
        foreach (var block in model.Linears.Where(linear => linear.Role == LinearRole.Down).Chunk(TinyExperts.Experts))
        {
            var ranges = block.Select(linear => ((QuantizedEncoding)linear.Encoding).Activations!.Scale!.Value).ToList();
            Assert.Equal(ranges[..Cold].Max(), ranges[Cold]);
        }
    }

    [Theory]
    [MemberData(nameof(Hessians))]
    public void Turns_AnyBudget_GiveTheSame(string method)
    {
        using var whole = ModelUnderTest.Load("golden/architectures/deepseek_v3");
        using var turns = ModelUnderTest.Load("golden/architectures/deepseek_v3");
        var calibration = Calibration("deepseek_v3");
        var expected = Run(WithHessians[method](), new FirstBlocks(whole.Blockwise, 2), calibration: calibration);
        var actual = Run(WithHessians[method](), new FirstBlocks(turns.Blockwise, 2), calibration: calibration, budget: 5 * 4 * 64 * 64);
        Assert.Equal(expected.Select(Facts), actual.Select(Facts));
        AssertSame(whole, turns);
    }

    /// <summary>Once where all Hessians fit the budget; else in turns of a quarter, or of the largest Hessian.</summary>
    [Theory]
    [InlineData(1.0, 1)]
    [InlineData(0.9, 2)]
    public void Turns_Budget_SaysHowOftenTheBlockRuns(double share, int forwards)
    {
        using var model = new TinyLlama(1);
        using var block = model.Open(0);
        var (all, largest) = (block.Groups.Sum(Bytes), block.Groups.Max(Bytes));
        Assert.True(all - largest <= largest);
        Run(WithHessians["gptq"](), model, budget: (long)(share * all));
        Assert.Equal(forwards, model.Forwards);

        static long Bytes(LinearGroup group) => 4L * group.Inputs * group.Inputs;
    }

    [Fact]
    public void All_EveryExpert_SeesEveryTokenAndNothingElseChanges()
    {
        using var model = ModelUnderTest.Load("golden/architectures/qwen3_moe");
        using var scope = NewDisposeScope();
        var calibration = Calibration("qwen3_moe");
        using var block = model.Blockwise.Open(1);
        var hidden = randn(2, 16, 64);
        var seen = new Dictionary<string, long>();
        var output = block.ForwardShowingAll(hidden, (group, input) => seen[group.Name] = seen.GetValueOrDefault(group.Name)
            + input.numel() / group.Inputs);
        Assert.Equal(block.Groups.Select(group => group.Name).Order(), seen.Keys.Order());
        Assert.All(seen.Values, tokens => Assert.Equal(32, tokens));
        Assert.True(Same(output, block.Forward(hidden)));
        var reports = Run(WithHessians["gptq"](), new FirstBlocks(model.Blockwise, 2),
            new ExpertCalibration { Calibrate = ExpertTokens.All, Below = new Share(1) }, calibration);
        Assert.All(reports, report => Assert.Null(report.TooFewTokens));
    }

    /// <summary>The same weights, stacked or expert by expert, become the same.</summary>
    [Theory]
    [MemberData(nameof(Twins))]
    public void Compress_Layouts_BecomeTheSame(string name, string method)
    {
        ICompressor Method() => method switch
        {
            "wanda" => new Wanda(new PruningOptions { Sparsity = 0.5 }),
            "magnitude" => new Magnitude(new PruningOptions { Sparsity = 0.5 }),
            "rtn" => new Rtn(new RtnOptions { GroupSize = 32 }),
            _ => WithHessians[method](),
        };
        using var single = ModelUnderTest.Load($"golden/architectures/{name}");
        using var stacked = ModelUnderTest.Load($"golden/architectures/{name}-fused");
        var reports = new[] { single, stacked }.Select(model => Run(Method(), new FirstBlocks(model.Blockwise, 2),
            calibration: Calibration(name))).ToList();
        Assert.Contains(reports[0], report => report.Expert is not null && report.Left is null);
        Assert.Equal(reports[0].Select(Facts), reports[1].Select(Facts));
        AssertSame(single, stacked);
    }

    private static (string, long, double?, LinearEncoding, LeftReason?) Facts(LinearReport report) =>
        ($"{report.Block} {report.Linear}", report.Zeros, report.RelativeOutputError, report.Encoding, report.Left);

    private static void AssertSame(ModelUnderTest one, ModelUnderTest other)
    {
        for (var index = 0; index < 2; index++)
        {
            using var scope = NewDisposeScope();
            using var first = one.Blockwise.Open(index);
            using var second = other.Blockwise.Open(index);
            Assert.All(first.Groups.SelectMany(group => group.Linears).Zip(second.Groups.SelectMany(group => group.Linears)),
                pair => Assert.True(Same(pair.First.Weight, pair.Second.Weight), pair.First.Name));
        }
    }

    private static bool Same(Tensor one, Tensor other)
    {
        using var scope = NewDisposeScope();
        return one.eq(other).all().item<bool>();
    }

    private static void AssertTold(IReadOnlyList<LinearReport> reports, bool isLeft)
    {
        Assert.All(reports, report => Assert.Equal(report.Expert == Cold ? 0 : (long?)null, report.TooFewTokens));
        Assert.All(reports.Where(report => report.Expert is not null),
            report => Assert.Equal(isLeft && report.Expert == Cold ? LeftReason.Calibration : null, report.Left));
    }

    private static CalibrationSet Calibration(string name) => new([.. Golden.Json($"golden/architectures/{name}/golden.json")
        .GetProperty("ids").EnumerateArray().SelectMany(row => row.Ints().Chunk(32))]);

    private static IReadOnlyList<LinearReport> Run(ICompressor method, ITransformer model, ExpertCalibration? experts = null,
        CalibrationSet? calibration = null, long budget = long.MaxValue)
    {
        var reports = new List<LinearReport>();
        method.Compress(model, TestContexts.Compression(calibration ?? TinyLlama.Calibration(), null, reports) with
        {
            Experts = experts ?? new ExpertCalibration(),
            StatisticsBudget = budget,
        });
        return reports;
    }
}
