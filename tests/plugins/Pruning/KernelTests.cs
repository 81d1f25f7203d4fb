using LlmKick.Pruning;
using LlmKick.Pruning.Kernels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Pruning;

/// <summary>The loops with vectors and those of tensor operations remove the same weights.</summary>
public sealed class KernelTests
{
    public static TheoryData<int, int> Shapes => new() { { 1, 1 }, { 3, 5 }, { 17, 63 }, { 64, 128 }, { 200, 300 } };

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PruneUpToRank_BothForms_RemoveTheSame(int rows, int columns) => Compare(rows, columns, (kernels, weight) =>
    {
        kernels.PruneUpToRank(weight, weight.abs(), 0.4);
        Assert.Equal((long)(rows * columns * 0.4) + 1, weight.numel() - weight.count_nonzero().item<long>());
    });

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PruneRows_BothForms_RemoveTheSame(int rows, int columns) => Compare(rows, columns, (kernels, weight) =>
    {
        kernels.PruneRows(weight, weight.abs(), columns / 3);
        Assert.Equal(columns - columns / 3, weight.count_nonzero([1]).min().item<long>());
    });

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(9)]
    [InlineData(11)]
    public void PruneRows_EqualScores_RemoveTheLowerIndexFirst(int count) => Compare(3, 12, (kernels, weight) =>
    {
        var scores = torch.tensor(new float[] { 2, 0, 1, 0, 2, 1, 0, 0, 1, 2, 2, 1 }).repeat(3, 1);
        kernels.PruneRows(weight, scores, count);
        var first = new[] { 1, 3, 6, 7, 2, 5, 8, 11, 0, 4, 9, 10 }.Take(count).Order();
        Assert.Equal(first, weight[2].data<float>().ToArray().Index().Where(v => v.Item == 0).Select(v => v.Index));
    });

    [Theory]
    [InlineData("1:2")]
    [InlineData("2:4")]
    [InlineData("1:4")]
    [InlineData("3:7")]
    [InlineData("31:32")]
    [InlineData("1:32")]
    public void PruneGroups_BothForms_ObeyThePattern(string text)
    {
        var pattern = NmPattern.Parse(text, null);
        Compare(13, pattern.Of * 6, (kernels, weight) =>
        {
            kernels.PruneGroups(weight, weight.abs().round(1), pattern);
            Assert.All(weight.view(-1, pattern.Of).count_nonzero([1]).data<long>().ToArray(), kept => Assert.Equal(pattern.Keep, kept));
        });
    }

    [Theory]
    [InlineData(0.5, null)]
    [InlineData(0.77, null)]
    [InlineData(null, "2:4")]
    [InlineData(null, "3:7")]
    public void SolveBlock_BothForms_RemoveTheSame(double? sparsity, string? pattern)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(23);
        var rows = torch.randn(200, 84, generator: random);
        var factor = torch.linalg.cholesky(torch.linalg.inv(rows.t().mm(rows))).t().contiguous();
        var options = new SparseGptOptions { Sparsity = sparsity, Pattern = pattern is null ? null : NmPattern.Parse(pattern, null),
            BlockSize = 28 };
        Compare(50, 84, (kernels, weight) =>
        {
            for (var start = 0; start < 84; start += 28)
                kernels.SolveBlock(weight, factor, start, 28, [20, 30], options.Removal);
        });
    }

    /// <summary>Runs both forms on the same random weight and compares what they leave.</summary>
    private static void Compare(int rows, int columns, Action<IPruningKernels, torch.Tensor> run)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(29);
        var weight = torch.randn(rows, columns, generator: random);
        var other = weight.clone();
        run(VectorKernels.Instance, weight);
        run(TensorKernels.Instance, other);
        Assert.Equal(other.eq(Number.Of(0)).data<bool>().ToArray(), weight.eq(Number.Of(0)).data<bool>().ToArray());
        Assert.InRange((other - weight).abs().max().item<float>(), 0, 1e-5);
    }
}
