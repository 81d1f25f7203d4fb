using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>What changes of outputs are measured on, kept as a Hessian or as the inputs themselves.</summary>
public sealed class OutputProbeTests
{
    private const int Inputs = 12;

    [Theory]
    [InlineData(5)]
    [InlineData(12)]
    [InlineData(13)]
    [InlineData(3000)]
    public void Energy_AnyNumberOfTokens_IsThatOfTheOutputs(int tokens)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var (rows, weight) = (torch.randn(tokens, Inputs, generator: random), torch.randn(4, Inputs, generator: random));
        var seen = Math.Min(tokens, CalibrationBatches.ProbeTokens);
        var probe = Filled(rows, false);
        var (one, two) = (probe.Energy(weight), probe.Energy(weight * Number.Of(2)));
        Assert.Equal(seen, probe.Tokens);
        Assert.Equal(4, two / one, 1e-4);
        var expected = rows.narrow(0, 0, seen).mm(weight.t()).pow(Number.Of(2)).sum().item<float>();
        Assert.Equal(1, one / expected / (probe.Hessian is null ? 1 : 2), 1e-4);
    }

    [Theory]
    [InlineData(12, false)]
    [InlineData(13, true)]
    public void Finish_FewTokens_KeepsNoHessian(int tokens, bool hasHessian)
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(hasHessian, Filled(torch.ones(tokens, Inputs), false).Hessian is not null);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(40)]
    public void Divide_Scales_IsTheEnergyOfDividedInputs(int tokens)
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var (rows, weight, scales) = (torch.randn(tokens, Inputs, generator: random), torch.randn(4, Inputs, generator: random),
            torch.rand(Inputs, generator: random).add(Number.Of(0.5), Number.One));
        var (divided, expected) = (Filled(rows, false), Filled(rows / scales, false));
        divided.Divide(scales);
        Assert.Equal(1, divided.Energy(weight) / expected.Energy(weight), 1e-4);
    }

    [Fact]
    public void Finish_WholeHessian_HasEveryToken()
    {
        using var scope = torch.NewDisposeScope();
        var probe = Filled(torch.ones(3000, Inputs), true);
        Assert.Equal(3000, probe.Tokens);
        Assert.Equal(6000f, probe.Hessian![0, 1].item<float>());
    }

    [Fact]
    public void Energy_WiderThanTheProbe_IsOfTheFirstTokensAndTheHessianOfAll()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        const int wide = CalibrationBatches.ProbeTokens + 1;
        var (rows, weight) = (torch.randn(2060, wide, generator: random), torch.randn(4, wide, generator: random));
        var probe = new OutputProbe(wide, true, torch.CPU);
        probe.Add(rows);
        _ = probe.Finish(1).ToList();

        Assert.Equal(CalibrationBatches.ProbeTokens, probe.Tokens);
        Assert.Equal(2 * rows.select(1, 0).pow(Number.Of(2)).sum().item<float>(), probe.Hessian![0, 0].item<float>(), 0.5f);
        var expected = rows.narrow(0, 0, CalibrationBatches.ProbeTokens).mm(weight.t()).pow(Number.Of(2)).sum().item<float>();
        Assert.Equal(1, probe.Energy(weight) / expected, 1e-4);
    }

    [Fact]
    public void Energy_Bfloat16_IsThatOfTheSameNumbers()
    {
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(3);
        var rows = torch.randn(Inputs, Inputs, generator: random).to(torch.bfloat16);
        var weight = torch.randn(512, Inputs, generator: random).to(torch.bfloat16).to(torch.float32);
        var expected = Filled(rows.to(torch.float32), false).Energy(weight);

        Assert.Equal(1, Filled(rows, false).Energy(weight) / expected, 1e-3);
    }

    private static OutputProbe Filled(torch.Tensor rows, bool wholeHessian)
    {
        var probe = new OutputProbe(Inputs, wholeHessian, torch.CPU);
        foreach (var some in rows.split(7))
            using (torch.NewDisposeScope())
                probe.Add(some);
        _ = probe.Finish(1).ToList();
        return probe;
    }
}
