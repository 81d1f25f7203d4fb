using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

public sealed class FloatFormatTests
{
    [Theory]
    [InlineData(CodeFormat.Fp4E2M1)]
    [InlineData(CodeFormat.Nf4)]
    [InlineData(CodeFormat.Fp8E4M3)]
    public void Of_EveryNumber_IsItsOwnCode(CodeFormat format)
    {
        using var scope = torch.NewDisposeScope();
        var numbers = CodeValues.Of(format).Where(float.IsFinite).ToArray();
        var codes = NearestCode.Of(torch.tensor(numbers), format).data<long>().ToArray();
        Assert.Equal(numbers, codes.Select(code => CodeValues.Of(format)[(int)code]));
    }

    [Theory]
    [InlineData(CodeFormat.Fp4E2M1, 8)]
    [InlineData(CodeFormat.Nf4, 1.5)]
    [InlineData(CodeFormat.Fp8E4M3, 500)]
    [InlineData(CodeFormat.Fp8E4M3, 0.02)]
    public void Of_AnyValue_IsNearest(CodeFormat format, double most)
    {
        using var scope = torch.NewDisposeScope();
        var values = torch.linspace(-most, most, 4001, dtype: torch.float32);
        var numbers = CodeValues.Of(format).Where(float.IsFinite).ToArray();
        var codes = NearestCode.Of(values, format).data<long>().ToArray();
        Assert.All(values.data<float>().ToArray().Zip(codes), pair =>
            Assert.Equal(numbers.Min(n => Math.Abs((double)n - pair.First)),
                Math.Abs((double)CodeValues.Of(format)[(int)pair.Second] - pair.First)));
    }

    [Theory]
    [InlineData(0.25f, 0f)]
    [InlineData(0.75f, 1f)]
    [InlineData(1.25f, 1f)]
    [InlineData(1.75f, 2f)]
    [InlineData(2.5f, 2f)]
    [InlineData(3.5f, 4f)]
    [InlineData(-5f, -4f)]
    [InlineData(-7f, -6f)]
    public void Of_HalfwayInFp4_GoesToTheEvenCode(float value, float expected)
    {
        using var scope = torch.NewDisposeScope();
        var code = NearestCode.Of(torch.tensor(new[] { value }), CodeFormat.Fp4E2M1).item<long>();
        Assert.Equal(expected, CodeValues.Of(CodeFormat.Fp4E2M1)[(int)code]);
    }

    [Fact]
    public void Of_Fp8_HasTheNumbersOfTheFormat()
    {
        var numbers = CodeValues.Of(CodeFormat.Fp8E4M3);
        Assert.Equal((0f, MathF.ScaleB(1, -9), MathF.ScaleB(1, -6), 1f, 448f, -448f),
            (numbers[0], numbers[1], numbers[8], numbers[0x38], numbers[0x7E], numbers[0xFE]));
        Assert.True(float.IsNaN(numbers[0x7F]));
    }

    [Theory]
    [InlineData(6f, 1f)]
    [InlineData(7.99f, 1f)]
    [InlineData(8f, 2f)]
    [InlineData(3.99f, 0.5f)]
    [InlineData(0.01f, 0.001953125f)]
    public void Compress_Mxfp4_ScalesByAPowerOfTwo(float largest, float scale)
    {
        using var model = new TinyLlama(1);
        model.Weight(0, "self_attn.q_proj").fill_(Number.Of(largest));
        new Mxfp4(new FloatOptions()).Run(model);
        Assert.All(model.Linears.First().Quantized!.Scales.data<float>().ToArray(), s => Assert.Equal(scale, s));
    }

    [Fact]
    public void Compress_EveryFormat_LosesWhatItsBitsSay()
    {
        Assert.InRange(Loss(new Fp8(new Fp8Options())), 0.02, 0.03);
        Assert.InRange(Loss(new Fp8(new Fp8Options { Per = GridShare.Tensor })), 0.02, 0.03);
        Assert.InRange(Loss(new Nf4(new FloatOptions())), 0.06, 0.1);
        Assert.InRange(Loss(new Mxfp4(new FloatOptions())), 0.08, 0.14);
    }

    private static double Loss(ICompressor method)
    {
        using var model = new TinyLlama(1);
        return method.Run(model).Average(r => r.RelativeFrobenius);
    }
}
