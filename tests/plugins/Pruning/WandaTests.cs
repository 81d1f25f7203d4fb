using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

public sealed class WandaTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public void Compress_Sparsity_RemovesTheLowestOfEachRow(double sparsity)
    {
        using var model = new TinyLlama(1);
        using var before = model.Weight(0, "self_attn.q_proj").clone();
        var norms = InputNorms(model);
        new Wanda(new PruningOptions { Sparsity = sparsity }).Run(model, TinyLlama.Calibration());
        for (var row = 0; row < TinyLlama.Width; row++)
        {
            var weights = before[row].data<float>().ToArray();
            var removed = Enumerable.Range(0, weights.Length).OrderBy(i => Math.Abs(weights[i]) * norms[i])
                .Take((int)(weights.Length * sparsity)).ToHashSet();
            Assert.Equal(weights.Select((w, i) => removed.Contains(i) ? 0 : w),
                model.Weight(0, "self_attn.q_proj")[row].data<float>().ToArray());
        }
    }

    [Fact]
    public void Compress_EqualScores_TheLowerIndexGoesFirst()
    {
        using var model = new TinyLlama(1);
        model.Weight(0, "self_attn.q_proj").zero_();
        model.Weight(0, "self_attn.q_proj").narrow(1, 30, 2).fill_(Number.Of(1f));
        new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(model, TinyLlama.Calibration());
        Assert.Equal(64, model.Weight(0, "self_attn.q_proj").count_nonzero().item<long>());
    }

    [Fact]
    public void Compress_EveryRow_LosesExactlyTheShare()
    {
        using var model = new TinyLlama();
        var reports = new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(model, TinyLlama.Calibration());
        Assert.All(reports, r => Assert.Equal(0.5, r.Sparsity));
        Assert.All(reports, r => Assert.Equal(240, r.OutputErrorTokens));
        Assert.All(reports, r => Assert.InRange(r.RelativeOutputError!.Value, 0.01, 0.9));
    }

    private static double[] InputNorms(TinyLlama model)
    {
        var sums = new double[TinyLlama.Width];
        void Add(LinearGroup group, torch.Tensor input)
        {
            if (group.Name == "self_attn.qkv")
                foreach (var (i, value) in input.contiguous().data<float>().ToArray().Index())
                    sums[i % sums.Length] += Math.Pow(value, 2);
        }

        foreach (var sequence in TinyLlama.Calibration().Sequences)
        {
            using var scope = torch.NewDisposeScope();
            model.Open(0).Forward(model.Embed(torch.tensor(sequence.Select(t => (long)t).ToArray(), [1, sequence.Length])), Add);
        }
        return [.. sums.Select(Math.Sqrt)];
    }
}
