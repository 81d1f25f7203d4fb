using LlmKick.Pruning;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

public sealed class SparseGptTests
{
    [Theory]
    [InlineData(0.3, 16)]
    [InlineData(0.5, 16)]
    [InlineData(0.5, 128)]
    [InlineData(0.9, 21)]
    public void Solve_Sparsity_EqualsTheNaiveForm(double sparsity, int blockSize) =>
        AssertEqualsNaive(new SparseGptOptions { Sparsity = sparsity, BlockSize = blockSize }, blockSize);

    [Theory]
    [InlineData("2:4", 16)]
    [InlineData("1:4", 16)]
    [InlineData("3:7", 16)]
    [InlineData("1:2", 1)]
    [InlineData("5:12", 128)]
    public void Solve_Pattern_EqualsTheNaiveForm(string pattern, int blockSize) =>
        AssertEqualsNaive(new SparseGptOptions { Pattern = NmPattern.Parse(pattern, null), BlockSize = blockSize }, blockSize);

    [Fact]
    public void Solve_SeveralLinears_HaveThresholdsOfTheirOwn()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(11);
        var small = torch.randn(20, 48, generator: random) * Number.Of(0.01f);
        var large = torch.randn(30, 48, generator: random);
        var factor = Factor(48, random);
        var method = new SparseGpt(new SparseGptOptions { Sparsity = 0.5, BlockSize = 16 });
        var together = torch.cat([small, large]);
        method.Solve(together, factor, [20, 30]);
        method.Solve(small, factor, [20]);
        method.Solve(large, factor, [30]);
        Assert.Equal(torch.cat([small, large]).eq(Number.Of(0)).data<bool>().ToArray(), together.eq(Number.Of(0)).data<bool>().ToArray());
        Assert.InRange((together - torch.cat([small, large])).abs().max().item<float>(), 0, 1e-5);
    }

    [Fact]
    public void Compress_DeadInput_LosesItsWeights()
    {
        using var model = new TinyLlama(1);
        model.Weight(0, "self_attn.v_proj")[3].zero_();
        new SparseGpt(new SparseGptOptions { Sparsity = 0.3 }).Run(model, TinyLlama.Calibration());
        Assert.Equal(0, model.Weight(0, "self_attn.o_proj").select(1, 3).count_nonzero().item<long>());
    }

    [Fact]
    public void Compress_SameSparsity_LosesLessOutputThanWanda()
    {
        using var first = new TinyLlama(1);
        using var second = new TinyLlama(1);
        var sparseGpt = new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }).Run(first, TinyLlama.Calibration());
        var wanda = new Wanda(new PruningOptions { Sparsity = 0.5 }).Run(second, TinyLlama.Calibration());
        Assert.All(sparseGpt.Zip(wanda), pair => Assert.True(pair.First.RelativeOutputError < pair.Second.RelativeOutputError));
        Assert.All(sparseGpt, r => Assert.Equal(0.01, r.Damping));
    }

    [Fact]
    public void Compress_FewerTokensThanInputs_RaisesNothingAtTheDefaultDamping()
    {
        using var model = new TinyLlama(1);
        var reports = new SparseGpt(new SparseGptOptions { Sparsity = 0.5 }).Run(model, TinyLlama.Calibration(1, 8));
        Assert.All(reports, r => Assert.Equal(0.01, r.Damping));
    }

    [Fact]
    public void Compress_SingularHessianWithoutDamping_RaisesAndReportsIt()
    {
        using var model = new TinyLlama(1);
        var reports = new SparseGpt(new SparseGptOptions { Sparsity = 0.5, Damping = 0 }).Run(model, TinyLlama.Calibration(1, 8));
        Assert.All(reports, r => Assert.InRange(r.Damping!.Value, 1e-5, 1));
        Assert.All(model.Linears, l => Assert.True(l.Weight.isfinite().all().item<bool>()));
    }

    [Fact]
    public void Compress_SparsityZero_ChangesNothing()
    {
        using var model = new TinyLlama(1);
        using var before = model.Weight(0, "self_attn.q_proj").clone();
        new SparseGpt(new SparseGptOptions { Sparsity = 0 }).Run(model, TinyLlama.Calibration());
        Assert.Equal(before.data<float>().ToArray(), model.Weight(0, "self_attn.q_proj").data<float>().ToArray());
    }

    private static void AssertEqualsNaive(SparseGptOptions options, int blockSize)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(17);
        var weight = torch.randn(24, 84, generator: random);
        var hessian = Hessian(84, random);
        var upper = NaiveSparseGpt.InverseFactor(Rows(hessian));
        var expected = Rows(weight);
        NaiveSparseGpt.Prune(expected, upper, blockSize, options.Sparsity, options.Pattern ?? default);
        new SparseGpt(options).Solve(weight, torch.tensor(upper.SelectMany(r => r).Select(v => (float)v).ToArray(), [84, 84]), [24]);

        var actual = Rows(weight);
        Assert.Equal(expected.SelectMany(r => r).Select(v => v == 0), actual.SelectMany(r => r).Select(v => v == 0));
        Assert.All(expected.SelectMany(r => r).Zip(actual.SelectMany(r => r)), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
    }

    private static torch.Tensor Hessian(int size, torch.Generator random)
    {
        var rows = torch.randn(3 * size, size, generator: random);
        return rows.t().mm(rows) / Number.Of(size);
    }

    private static torch.Tensor Factor(int size, torch.Generator random) =>
        torch.linalg.cholesky(torch.linalg.inv(Hessian(size, random))).t().contiguous();

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
