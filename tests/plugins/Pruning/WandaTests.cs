using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
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
        using var model = new TinyTransformer(1);
        using var before = model.Weight(0, "mix.q_proj").clone();
        var norms = InputNorms(model);
        new Wanda(new PruningOptions { Sparsity = sparsity }).Run(model, TinyTransformer.Calibration());
        for (var row = 0; row < TinyTransformer.Width; row++)
        {
            var weights = before[row].data<float>().ToArray();
            var removed = Enumerable.Range(0, weights.Length).OrderBy(i => Math.Abs(weights[i]) * norms[i]).Take((int)(weights.Length * sparsity)).ToHashSet();
            Assert.Equal(weights.Select((w, i) => removed.Contains(i) ? 0 : w), model.Weight(0, "mix.q_proj")[row].data<float>().ToArray());
        }
    }

    [Fact]
    public void Compress_EqualScores_TheLowerIndexGoesFirst()
    {
        using var model = new TinyTransformer(1);
        model.Weight(0, "mix.q_proj").zero_();
        model.Weight(0, "mix.q_proj").narrow(1, 30, 2).fill_(1f);
        new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(model, TinyTransformer.Calibration());
        Assert.Equal(64, model.Weight(0, "mix.q_proj").count_nonzero().item<long>());
    }

    [Fact]
    public void Compress_EveryRow_LosesExactlyTheShare()
    {
        using var model = new TinyTransformer();
        var reports = new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(model, TinyTransformer.Calibration());
        Assert.All(reports, r => Assert.Equal(0.5, r.Sparsity));
        Assert.All(reports, r => Assert.Equal(240, r.OutputErrorTokens));
        Assert.All(reports, r => Assert.InRange(r.RelativeOutputError!.Value, 0.01, 0.9));
    }

    private static double[] InputNorms(TinyTransformer model)
    {
        var sums = new double[TinyTransformer.Width];
        foreach (var sequence in TinyTransformer.Calibration().Sequences)
            using (var hidden = model.Embed(torch.tensor(sequence.Select(t => (long)t).ToArray(), [1, sequence.Length])))
                for (var t = 0; t < sequence.Length; t++)
                    for (var i = 0; i < sums.Length; i++)
                        sums[i] += Math.Pow(hidden[0, t, i].item<float>(), 2);
        return [.. sums.Select(Math.Sqrt)];
    }
}
