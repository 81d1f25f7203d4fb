using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

public sealed class BlockwisePassTests
{
    private const InputStatistics All = InputStatistics.ColumnSquares | InputStatistics.Hessian;

    [Fact]
    public void Run_EachGroup_GetsTheStatisticsOfTheUncompressedBlock()
    {
        using var model = new TinyLlama();
        var expected = Inputs(model, 0);
        var seen = 0;
        Run(model, All, (group, statistics, context) =>
        {
            if (context.Block == 0)
                AssertStatistics(expected[group.Name], statistics, TinyLlama.Calibration().Sequences.Count);
            seen += context.Block == 0 ? 1 : 0;
            Zero(group);
        });
        Assert.Equal(4, seen);
    }

    [Fact]
    public void Run_NextBlock_SeesWhatTheCompressedOneGives()
    {
        using var model = new TinyLlama();
        using var other = new TinyLlama();
        foreach (var linear in other.Linears.Take(7))
            linear.Weight.zero_();
        var expected = Inputs(other, 1);
        Run(model, All, (group, statistics, context) =>
        {
            if (context.Block == 1)
                AssertStatistics(expected[group.Name], statistics, TinyLlama.Calibration().Sequences.Count);
            Zero(group);
        });
    }

    [Fact]
    public void Run_Report_MeasuresTheChange()
    {
        using var model = new TinyLlama();
        var reports = Run(model, All, (group, _, _) =>
        {
            foreach (var linear in group.Linears)
                linear.Replace(linear.Weight * Number.Of(0.5f), LinearEncoding.Dense);
        });
        Assert.Equal(21, reports.Count);
        Assert.Equal(["self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj", "self_attn.o_proj", "mlp.gate_proj", "mlp.up_proj",
            "mlp.down_proj"], reports.Take(7).Select(r => r.Linear));
        Assert.All(reports, r =>
            Assert.Equal((0.0, 0.5, 0.5), (r.Sparsity, Math.Round(r.RelativeFrobenius, 6), Math.Round(r.RelativeOutputError!.Value, 5))));
        Assert.All(reports, r => Assert.Equal(240, r.OutputErrorTokens));
    }

    [Fact]
    public void Run_OutputError_IsThatOfTheOutputs()
    {
        using var model = new TinyLlama(1);
        using var scope = torch.NewDisposeScope();
        var input = torch.cat(Inputs(model, 0)["mlp.down"].ToList()).to(torch.float64);
        var before = model.Weight(0, "mlp.down_proj").clone().to(torch.float64);
        var report = Run(model, All, (group, _, _) =>
        {
            foreach (var linear in group.Linears)
                linear.Replace(linear.Weight.round(2), LinearEncoding.Dense);
        }).Single(r => r.Linear == "mlp.down_proj");
        var change = model.Weight(0, "mlp.down_proj").to(torch.float64) - before;
        var expected = input.mm(change.t()).norm().item<double>() / input.mm(before.t()).norm().item<double>();
        Assert.InRange(report.RelativeOutputError!.Value / expected, 0.999, 1.001);
    }

    [Fact]
    public void Run_NothingNeeded_ProbesWithTheFirstTokensOnly()
    {
        using var model = new TinyLlama();
        var reports = Run(model, InputStatistics.None, (group, _, _) => Zero(group), TinyLlama.Calibration(80, 40));
        Assert.All(reports, r => Assert.Equal((2040, 1.0), (r.OutputErrorTokens, Math.Round(r.RelativeOutputError!.Value, 6))));
    }

    [Fact]
    public void Run_ColumnSquaresOfManyTokens_CountsAllButProbesTheFirst()
    {
        using var model = new TinyLlama(1);
        var calibration = TinyLlama.Calibration(80, 40);
        var expected = Inputs(model, 0, calibration);
        var reports = Run(model, InputStatistics.ColumnSquares, (group, statistics, _) =>
        {
            using var all = torch.cat(expected[group.Name].ToList()).to(torch.float64);
            AssertClose(all.pow(Number.Of(2)).sum(dim: 0) / Number.Of(80), statistics.ColumnSquares);
            Assert.Throws<InvalidOperationException>(() => statistics.Hessian);
        }, calibration);
        Assert.All(reports, r => Assert.Equal(2048, r.OutputErrorTokens));
    }

    [Fact]
    public void Run_SequencesOfUnequalLength_CountsEveryTokenAndNoPadding()
    {
        using var model = new TinyLlama(2);
        var sequences = new[] { 5, 17, 17, 3 }.Select((length, i) => TinyLlama.Calibration(4, 20).Sequences[i][..length]).ToList();
        var expected = sequences.Select(sequence => Inputs(model, 0, new CalibrationSet([sequence]))).ToList();
        Run(model, InputStatistics.ColumnSquares | InputStatistics.Hessian, (group, statistics, place) =>
        {
            if (place.Block != 0)
                return;
            using var all = torch.cat([.. expected.SelectMany(own => own[group.Name])]).to(torch.float64);
            Assert.Equal(42, statistics.Tokens);
            AssertClose(all.pow(Number.Of(2)).sum(dim: 0) / Number.Of(4), statistics.ColumnSquares);
            AssertClose(all.t().mm(all) / Number.Of(2), statistics.Hessian);
        }, new CalibrationSet(sequences));
    }

    [Fact]
    public void Run_NoCalibrationAndNoneNeeded_RunsNoForward()
    {
        using var model = new TinyLlama();
        var reports = new List<LinearReport>();
        BlockwisePass.Run(model, InputStatistics.None, (group, _, _) => Zero(group), TestContexts.Compression(null, null, reports));
        Assert.Equal(0, model.Forwards);
        Assert.All(reports, r => Assert.Equal((null, 0, 1.0), (r.RelativeOutputError, r.OutputErrorTokens, r.Sparsity)));
    }

    [Fact]
    public void Run_NoCalibrationButNeeded_SaysWhatToAdd()
    {
        using var model = new TinyLlama();
        var failure = Assert.Throws<LlmKickException>(() => BlockwisePass.Run(model, All, (_, _, _) => { }, TestContexts.Compression()));
        Assert.Contains("'calibration'", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LastBlock_IsNotPropagated()
    {
        using var model = new TinyLlama(3);
        Run(model, All, (_, _, _) => { });
        Assert.Equal(3 + 2, model.Forwards);
    }

    [Fact]
    public void Run_InfiniteInputs_NameBlockAndLinears()
    {
        using var model = new TinyLlama();
        model.Weight(1, "self_attn.o_proj").fill_(Number.Of(3e38f));
        var failure = Assert.Throws<LlmKickException>(() => Run(model, All, (_, _, _) => { }));
        Assert.Contains("block 1, mlp.gate_up (mlp.gate_proj, mlp.up_proj)", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_NanWeight_NamesBlockAndLinear()
    {
        using var model = new TinyLlama();
        model.Weight(2, "mlp.up_proj")[1, 2] = float.NaN;
        var failure = Assert.Throws<LlmKickException>(() => Run(model, All, (_, _, _) => { }));
        Assert.Contains("block 2, mlp.up_proj", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SameSeed_GivesEveryGroupItsOwnSeedAgain()
    {
        List<int> Seeds()
        {
            using var model = new TinyLlama();
            var seeds = new List<int>();
            Run(model, All, (_, _, context) => seeds.Add(context.Seed));
            return seeds;
        }
        Assert.Equal(Seeds(), Seeds());
        Assert.Equal(12, Seeds().Distinct().Count());
    }

    [Fact]
    public void Run_BlockAfterBlock_HoldsNoMoreTensors()
    {
        using var model = new TinyLlama(6);
        var live = new List<long>();
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        Run(model, All, (group, _, _) =>
        {
            if (group.Name == "self_attn.qkv")
                live.Add(DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        }, TinyLlama.Calibration(200, 40));
        Assert.Equal(6, live.Count);
        Assert.Single(live.Distinct());
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static List<LinearReport> Run(
        TinyLlama model, InputStatistics needs, Action<LinearGroup, GroupStatistics, GroupContext> compress,
        CalibrationSet? calibration = null)
    {
        var reports = new List<LinearReport>();
        BlockwisePass.Run(model, needs, compress, TestContexts.Compression(calibration ?? TinyLlama.Calibration(), null, reports));
        return reports;
    }

    private static void Zero(LinearGroup group)
    {
        foreach (var linear in group.Linears)
            linear.Replace(torch.zeros_like(linear.Weight), new PrunedEncoding(null));
    }

    /// <summary>Inputs of a block's groups, sequence after sequence, [tokens, inputs] each.</summary>
    private static Dictionary<string, List<torch.Tensor>> Inputs(TinyLlama model, int block, CalibrationSet? calibration = null)
    {
        var inputs = new Dictionary<string, List<torch.Tensor>>();
        foreach (var sequence in (calibration ?? TinyLlama.Calibration()).Sequences)
        {
            var hidden = model.Embed(torch.tensor(sequence.Select(t => (long)t).ToArray(), [1, sequence.Length]));
            for (var i = 0; i < block; i++)
                hidden = model.Open(i).Forward(hidden);
            model.Open(block).Forward(hidden, (group, input) =>
            {
                if (!inputs.TryGetValue(group.Name, out var list))
                    inputs[group.Name] = list = [];
                list.Add(input.reshape(-1, group.Inputs).clone().DetachFromDisposeScope());
            });
        }
        return inputs;
    }

    private static void AssertStatistics(List<torch.Tensor> inputs, GroupStatistics statistics, int sequences)
    {
        using var scope = torch.NewDisposeScope();
        var rows = torch.cat(inputs).to(torch.float64);
        AssertClose(rows.t().mm(rows) * Number.Of(2) / Number.Of(sequences), statistics.Hessian);
        AssertClose(rows.pow(Number.Of(2)).sum(dim: 0) / Number.Of(sequences), statistics.ColumnSquares);
    }

    private static void AssertClose(torch.Tensor expected, torch.Tensor actual) =>
        Assert.InRange((actual - expected).abs().max().item<double>() / expected.abs().max().item<double>(), 0, 1e-5);
}
