using LlmKick.Pruning;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

public sealed class MagnitudeTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.5)]
    [InlineData(0.99)]
    public void Compress_Sparsity_RemovesUpToTheValueAtTheRank(double sparsity)
    {
        using var model = new TinyLlama();
        using var before = model.Weight(1, "mlp.up_proj").clone();
        new Magnitude(new PruningOptions { Sparsity = sparsity }).Run(model);
        var sorted = Values(before).Select(Math.Abs).Order().ToArray();
        var threshold = sorted[(int)(sorted.Length * sparsity)];
        Assert.Equal(Values(before).Select(v => Math.Abs(v) <= threshold ? 0 : v), Values(model.Weight(1, "mlp.up_proj")));
    }

    [Fact]
    public void Compress_ValuesEqualToTheThreshold_AllGo()
    {
        using var model = new TinyLlama(1);
        model.Weight(0, "self_attn.q_proj").fill_(Number.Of(0.5f));
        new Magnitude(new PruningOptions { Sparsity = 0.1 }).Run(model);
        Assert.Equal(0, model.Weight(0, "self_attn.q_proj").count_nonzero().item<long>());
    }

    [Fact]
    public void Compress_SparsityZero_ChangesNothing()
    {
        using var model = new TinyLlama();
        using var before = model.Weight(0, "self_attn.q_proj").clone();
        new Magnitude(new PruningOptions { Sparsity = 0 }).Run(model);
        Assert.Equal(Values(before), Values(model.Weight(0, "self_attn.q_proj")));
        Assert.All(model.Linears, l => Assert.Equal(LinearEncoding.Dense, l.Encoding));
    }

    [Fact]
    public void Compress_Pattern_RemovesTheLowerIndexOfEqualValues()
    {
        using var model = new TinyLlama(1);
        model.Weight(0, "self_attn.q_proj").fill_(Number.Of(1f));
        new Magnitude(new PruningOptions { Pattern = new NmPattern(1, 4) }).Run(model);
        Assert.Equal([0f, 0, 0, 1, 0, 0, 0, 1], Values(model.Weight(0, "self_attn.q_proj"))[..8]);
    }

    [Fact]
    public void Compress_MThatDoesNotDivideTheInputs_NamesTheLinear()
    {
        using var model = new TinyLlama();
        var failure = Assert.Throws<LlmKickException>(() => new Magnitude(new PruningOptions { Pattern = new NmPattern(2, 5) }).Run(model));
        Assert.Contains("self_attn.q_proj", failure.Message, StringComparison.Ordinal);
        Assert.Contains("32 inputs, which are not a multiple of 5", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Compress_NanWeight_NamesBlockAndLinear()
    {
        using var model = new TinyLlama();
        model.Weight(2, "mlp.down_proj")[3, 4] = float.NaN;
        var failure = Assert.Throws<LlmKickException>(() => new Magnitude(new PruningOptions { Sparsity = 0.5 }).Run(model));
        Assert.Contains("block 2, mlp.down_proj", failure.Message, StringComparison.Ordinal);
    }

    private static float[] Values(torch.Tensor tensor) => tensor.data<float>().ToArray();
}
