using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

/// <summary>Linears that are computed with integers.</summary>
public sealed class ActivationSchemeTests
{
    private const int Inputs = 45;
    private const int Outputs = 7;

    public static TheoryData<double?, double?, bool> Schemes =>
        new() { { null, null, true }, { null, null, false }, { 0.03, null, true }, { null, 2.5, false }, { 0.02, 2.0, true } };

    [Theory]
    [MemberData(nameof(Schemes))]
    public void Forward_AnyScheme_EqualsTheProductWrittenOut(double? scale, double? threshold, bool symmetric)
    {
        using var scope = torch.NewDisposeScope();
        var (linear, input) = (Make(Scheme(scale, threshold), symmetric), Input());
        var output = linear.Forward(input);
        Assert.Equal([2, 3, Outputs], output.shape);
        var (x, y, q) = (Rows(input.view(-1, Inputs)), Rows(output.view(-1, Outputs)), linear.Quantized!);
        var (codes, scales) = (Rows(q.Codes), q.Scales.data<float>().ToArray());
        var zeros = symmetric ? Enumerable.Repeat((byte)128, Outputs).ToArray() : q.Zeros!.data<byte>().ToArray();
        for (var token = 0; token < x.Length; token++)
            for (var o = 0; o < Outputs; o++)
                Assert.Equal(Expected(x[token], codes[o], scales[o], zeros[o], scale, threshold), y[token][o], 2e-5);
    }

    [Fact]
    public void Forward_ATokenOnItsOwn_GivesWhatItGivesAmongOthers()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, input) = (Make(Scheme(null, 1.5), true), Input());
        var together = linear.Forward(input).view(-1, Outputs);
        for (var token = 0; token < 6; token++)
        {
            var alone = linear.Forward(input.view(-1, Inputs).narrow(0, token, 1));
            Assert.Equal(0, (together.narrow(0, token, 1) - alone).abs().max().item<float>(), 1e-5f);
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0.03)]
    public void Forward_InputThatIsNoNumber_GivesNone(double? scale)
    {
        using var scope = torch.NewDisposeScope();
        var (linear, input) = (Make(Scheme(scale, null), true), Input());
        input[1, 2, 4] = float.NaN;
        input[0, 1, 4] = float.PositiveInfinity;
        var finite = linear.Forward(input).isfinite().view(-1, Outputs).all(-1).data<bool>().ToArray();
        Assert.Equal([true, false, true, true, true, false], finite);
    }

    [Fact]
    public void Forward_Bfloat16_IsThatOfTheSameNumbersInFloat32()
    {
        using var scope = torch.NewDisposeScope();
        var linear = Make(Scheme(null, null), true);
        var input = Input().to(torch.bfloat16);
        var output = linear.Forward(input);
        Assert.Equal(torch.bfloat16, output.dtype);
        Assert.True(output.eq(linear.Forward(input.to(torch.float32)).to(torch.bfloat16)).all().item<bool>());
    }

    [Fact]
    public void Forward_ZeroInput_IsZero()
    {
        using var scope = torch.NewDisposeScope();
        Assert.Equal(0f, Make(Scheme(null, 6), true).Forward(torch.zeros(2, Inputs)).abs().max().item<float>());
    }

    [Fact]
    public void Replace_FloatWeight_EndsTheScheme()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, weight) = (Make(Scheme(null, null), true), Weight(Scheme(null, null), true));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 3; i++)
            linear.Replace(weight);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        linear.Replace(torch.ones(Outputs, Inputs), LinearEncoding.Dense);
        Assert.Null(linear.Activations);
        Assert.Equal((float)Inputs, linear.Forward(torch.ones(1, Inputs))[0, 0].item<float>());
    }

    [Fact]
    public void Replace_WhatCannotBeMultiplied_IsRefusedAndChangesNothing()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.ones(2, 4));
        var encoding = new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 8, Symmetric = true, Activations = Scheme(null, null) };
        QuantizedWeight Of(QuantizedEncoding e, int groups = 1) => new(e, torch.ones([2, 4], torch.uint8), torch.ones(2, groups));
        foreach (var wrong in (QuantizedWeight[])
        [
            Of(encoding with { GroupSize = 2 }, 2),
            Of(encoding with { Bits = 9 }),
            Of(encoding with { Format = CodeFormat.Fp8E4M3 }),
            Of(encoding with { Symmetric = false }),
            Of(encoding with { Activations = Scheme(0, null) }),
            Of(encoding with { Activations = Scheme(null, null) with { Range = ActivationRange.Tensor } }),
            Of(encoding with { Activations = Scheme(null, null) with { Bits = 9 } }),
        ])
            Assert.Throws<ArgumentException>(() => linear.Replace(wrong));
        Assert.Equal(8f, linear.Weight.sum().item<float>());
    }

    private static double Expected(double[] x, double[] codes, double weightScale, double zero, double? scale, double? threshold)
    {
        bool IsLarge(double value) => Math.Abs(value) >= (threshold ?? double.PositiveInfinity);
        // Scales are made in float32; what they are worth beyond is not what is compared here.
        var step = scale is { } given ? (float)given : (float)x.Where(v => !IsLarge(v)).Max(Math.Abs) / 127;
        long sum = 0;
        var large = 0.0;
        for (var i = 0; i < x.Length; i++)
            if (IsLarge(x[i]))
                large += x[i] * weightScale * (codes[i] - zero);
            else
                sum += (long)Math.Clamp(MathF.Round((float)x[i] / step), -127, 127) * (long)(codes[i] - zero);
        return sum * (double)step * weightScale + large;
    }

    private static ActivationScheme Scheme(double? scale, double? threshold) =>
        new() { Range = scale is null ? ActivationRange.Token : ActivationRange.Tensor, Scale = scale, OutlierThreshold = threshold };

    private static Linear Make(ActivationScheme scheme, bool symmetric)
    {
        var linear = new Linear("l", torch.zeros(Outputs, Inputs));
        linear.Replace(Weight(scheme, symmetric));
        return linear;
    }

    private static QuantizedWeight Weight(ActivationScheme scheme, bool symmetric)
    {
        using var random = new torch.Generator(3);
        return new QuantizedWeight(
            new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 8, Symmetric = symmetric, Activations = scheme },
            torch.randint(0, 256, [Outputs, Inputs], torch.uint8, generator: random),
            torch.rand([Outputs, 1], generator: random) / Number.Of(100),
            symmetric ? null : torch.randint(0, 256, [Outputs, 1], torch.uint8, generator: random));
    }

    private static torch.Tensor Input()
    {
        using var random = new torch.Generator(4);
        return torch.randn([2, 3, Inputs], generator: random);
    }

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
