using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

public sealed class GroupStatisticsTests
{
    [Theory]
    [InlineData(5)]
    [InlineData(300)]
    public void InverseFactor_PositiveDefinite_IsTheUpperFactorOfTheDampedInverse(int size)
    {
        using var scope = torch.NewDisposeScope();
        var hessian = RandomHessian(size);
        var statistics = Statistics(hessian);
        var factor = statistics.InverseFactor(0.01).to(torch.float64);
        var damped = hessian.to(torch.float64)
            .add(torch.eye(size, dtype: torch.float64), Number.Of(hessian.diagonal().mean().item<float>() * 0.01));
        Assert.Equal(0.01, statistics.Damping);
        Assert.Equal(0, factor.tril(-1).abs().sum().item<double>());
        Assert.InRange((factor.t().mm(factor).mm(damped) - torch.eye(size, dtype: torch.float64)).abs().max().item<double>(), 0, 2e-4);
    }

    [Fact]
    public void InverseFactor_DeadInput_HasADiagonalOfOneBeforeDamping()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = Statistics(torch.diag(torch.tensor(new[] { 3f, 0f, 2f })));
        Assert.Equal([false, true, false], statistics.DeadInputs().data<bool>().ToArray());
        Assert.Equal(1 / Math.Sqrt(1 + 0.1 * 2), statistics.InverseFactor(0.1)[1, 1].item<float>(), 1e-6);
    }

    [Fact]
    public void InverseFactor_NegativeEigenvalue_RaisesTheDampingTenfoldUntilItFits()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = Statistics(torch.diag(torch.tensor(new[] { 2f, 1.05f, -0.05f })));
        _ = statistics.InverseFactor(0.001);
        Assert.Equal(0.1, statistics.Damping!.Value, 1e-12);
    }

    [Fact]
    public void InverseFactor_SingularWithoutDamping_Damps()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = Statistics(torch.ones(8, 8));
        Assert.True(statistics.InverseFactor(0).isfinite().all().item<bool>());
        Assert.InRange(statistics.Damping!.Value, 1e-6, 1e-2);
    }

    [Fact]
    public void InverseFactor_NothingHelps_NamesBlockAndGroup()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = Statistics(torch.diag(torch.tensor(new[] { 6f, 1f, -5f })));
        Assert.Contains("block 3, mlp.down", Assert.Throws<LlmKickException>(() => statistics.InverseFactor(0.01)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Hessian_OnlyAProbe_IsNotOffered()
    {
        using var scope = torch.NewDisposeScope();
        var statistics = new GroupStatistics("block 3, mlp.down", false,
            new OutputProbe(2, false, torch.CPU) { Hessian = torch.ones(2, 2) });
        Assert.Throws<InvalidOperationException>(() => statistics.Hessian);
        Assert.Throws<InvalidOperationException>(() => statistics.ColumnSquares);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(128)]
    [InlineData(1100)]
    public void HessianSum_TwoBatches_IsTheWholeProduct(int columns)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var rows = torch.randn(50, columns, generator: random);
        var sum = new HessianSum(columns, torch.CPU);
        sum.Add(rows.narrow(0, 0, 20));
        sum.Add(rows.narrow(0, 20, 30));
        var whole = rows.t().mm(rows).mul_(Number.Of(0.5));
        Assert.InRange((sum.Finish(0.5) - whole).abs().max().item<float>(), 0, 1e-4);
    }

    private static GroupStatistics Statistics(torch.Tensor hessian) =>
        new("block 3, mlp.down", true, new OutputProbe(hessian.shape[0], true, torch.CPU) { Hessian = hessian });

    private static torch.Tensor RandomHessian(int size)
    {
        using var random = new torch.Generator(5);
        var rows = torch.randn(size * 2, size, generator: random);
        return rows.t().mm(rows);
    }
}
