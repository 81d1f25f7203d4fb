using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Sdk.Testing;
using LlmKick.Transformers.Inspection;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>Blocks that run several times with the same weights.</summary>
public sealed class LoopTests
{
    private const int Length = 24;
    private const string Dory = "golden/architectures/dory";

    /// <summary>The blocks of the checkpoint in the order in which they run, and where rounds begin.</summary>
    private static readonly int[] Order = [0, 1, 2, 3, 4, 5, 2, 3, 4, 5, 6, 7];
    private static readonly int[] Rounds = [2, 6];

    [Fact]
    public void Schedule_OfDory_RunsItsMiddleTwice()
    {
        using var model = ModelUnderTest.Load(Dory);
        Assert.Equal(Order, model.Spec.Schedule);
    }

    [Fact]
    public void Schedule_OfHrm_IsInCycles()
    {
        using var model = ModelUnderTest.Load("golden/architectures/hrm_text");
        int[] cycle = [0, 1, 0, 1, 2, 3];
        Assert.Equal([.. cycle, .. cycle], model.Spec.Schedule);
        Assert.Equal(4, model.Blockwise.BlockCount);
    }

    [Fact]
    public void Statistics_OfLoopedLinears_AreSumsOverAllTheirVisits() => AssertStatistics(compressed: false);

    /// <summary>A loop's blocks see those before them compressed, and the others as they were.</summary>
    [Fact]
    public void Statistics_BehindCompressedBlocks_AreThoseOfTheLoopAsItIs() => AssertStatistics(compressed: true);

    private static void AssertStatistics(bool compressed)
    {
        var (sequences, seen) = (Sequences(), 0);
        using var model = ModelUnderTest.Load(Dory);
        BlockwisePass.Run(model.Blockwise, InputStatistics.Hessian | InputStatistics.ColumnSquares | InputStatistics.AbsMax,
            (group, statistics, context) =>
            {
                using var scope = NewDisposeScope();
                // What is seen of later groups was gathered before the first was compressed.
                if (!compressed || group.Name.EndsWith(context.Block % 2 == 0 ? "qkv" : "gate_up", StringComparison.Ordinal))
                {
                    AssertEqual(statistics, Inputs(model, sequences, context.Block, group.Name), sequences.Count,
                        $"block {context.Block}, {group.Name}");
                    seen++;
                }
                if (compressed)
                    foreach (var linear in group.Linears)
                        linear.Replace(linear.Weight.mul(Number.Of(0.5)), LinearEncoding.Dense);
            }, TestContexts.Compression(new CalibrationSet(sequences)));
        Assert.Equal(compressed ? 8 : 16, seen);
    }

    private static void AssertEqual(GroupStatistics statistics, Tensor rows, int sequences, string place)
    {
        Assert.Equal(rows.shape[0], statistics.Tokens);
        var hessian = rows.t().mm(rows).mul(Number.Of(2.0 / sequences));
        AssertClose(hessian, statistics.Hessian, place + ", Hessian");
        AssertClose(rows.pow(Number.Of(2)).sum(dim: 0).div(Number.Of(sequences)), statistics.ColumnSquares, place + ", squares");
        AssertClose(rows.abs().amax([0]), statistics.AbsMax, place + ", largest");
    }

    private static void AssertClose(Tensor expected, Tensor actual, string what)
    {
        var difference = expected.sub(actual).abs().max().item<float>() / expected.abs().max().item<float>();
        Assert.True(difference <= 1e-5, $"{what}: {difference} of the largest apart.");
    }

    /// <summary>All that a group reads over all visits, [tokens · visits, inputs], by the model's formulas written once more.</summary>
    private static Tensor Inputs(ModelUnderTest model, IReadOnlyList<int[]> sequences, int block, string group)
    {
        static Tensor LengthOne(Tensor x) => x.div(x.norm(-1, keepdim: true));
        var rows = new List<Tensor>();
        using var pass = model.Model.WholePass(Length);
        var hidden = model.Model.Ends.Embed(ModelUnderTest.Tokens(sequences), pass.Positions);
        Tensor? entering = null;
        foreach (var (visit, index) in Order.Index())
        {
            if (Rounds.Contains(visit))
                hidden = LengthOne(hidden).add(entering ??= LengthOne(hidden), Number.One);
            hidden = model.Model.Blocks.Open(index).Block.Forward(hidden, pass, (own, input) =>
            {
                if (index == block && own.Name == group)
                    rows.Add(input.reshape(-1, input.shape[^1]).clone().DetachFromDisposeScope());
            });
        }
        var all = cat(rows);
        rows.ForEach(row => row.Dispose());
        return all;
    }

    [Theory]
    [InlineData("dory")]
    [InlineData("hrm_text")]
    public void Weights_OfBlocksThatRunSeveralTimes_CountOnce(string name)
    {
        var folder = SharedData.Require($"golden/architectures/{name}");
        var contents = ModelInspection.Of(folder, countZeros: false, CancellationToken.None);
        using var model = ModelUnderTest.Load($"golden/architectures/{name}");
        Assert.Equal(contents.Tensors.Sum(tensor => tensor.Shape.Aggregate(1L, (count, size) => count * size)), model.Spec.ParameterCount);
        Assert.Equal(2 * model.Spec.ParameterCount, contents.Tensors.Sum(tensor => tensor.Bytes));

        var reports = new Magnitude(new PruningOptions { Sparsity = 0.5 }).Run(model.Blockwise);
        var linears = model.Spec.Parameters().Where(own => own.IsLinear).ToList();
        Assert.Equal(linears.Select(own => (own.Block!.Value, own.Spec.Name)).Order(),
            reports.Select(report => (report.Block, report.Linear + ".weight")).Order());
        Assert.Equal(4 * linears.Sum(own => own.Spec.Count), reports.Where(report => report.Left is null).Sum(report => report.Bytes));
    }

    /// <summary>Within the loop and right behind it: what is made again sees what it saw before.</summary>
    [Theory]
    [InlineData("gptq", 4)]
    [InlineData("gptq-groups", 4)]
    [InlineData("awq", 4)]
    [InlineData("gptq", 6)]
    [InlineData("awq", 6)]
    public void Compress_CutOffAtABlock_GivesTheSameWhenItGoesOn(string method, int block)
    {
        using var store = new MemoryBlockStore();
        var (calibration, compressor) = (new CalibrationSet(Sequences()), Method(method));
        using var whole = ModelUnderTest.Load(Dory);
        compressor.Run(whole.Blockwise, calibration, store);
        for (var lost = block; lost < whole.Blockwise.BlockCount; lost++)
            store.Forget(lost);
        using var again = ModelUnderTest.Load(Dory);
        compressor.Run(again.Blockwise, calibration, store);
        Assert.All(Weights(whole).Zip(Weights(again)), pair => Assert.True(pair.First.eq(pair.Second).all().item<bool>()));
        Assert.NotEmpty(Weights(whole));
    }

    private static ICompressor Method(string name) => name == "awq" ? new Awq(new AwqOptions { GroupSize = 16 })
        : new Gptq(new GptqOptions { GroupSize = 16, TrueSequential = name == "gptq-groups" });

    private static List<Tensor> Weights(ModelUnderTest model) =>
        [.. Enumerable.Range(0, model.Model.Blocks.Count).SelectMany(index => model.Model.Blocks.Open(index).Block.Linears)
            .SelectMany(own => own.Linears).Select(linear => linear.Weight)];

    private static List<int[]> Sequences() =>
        [.. Golden.Json($"{Dory}/golden.json").GetProperty("ids").EnumerateArray().Select(row => row.Ints()[..Length])];
}
