using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

public sealed class RtnTests
{
    [Theory]
    [InlineData(2, 16)]
    [InlineData(3, 12)]
    [InlineData(4, 32)]
    [InlineData(8, 7)]
    [InlineData(16, 64)]
    public void Compress_Groups_EqualTheNaiveForm(int bits, int size)
    {
        using var model = new TinyLlama(1);
        var before = Rows(model.Weight(0, "self_attn.q_proj"));
        new Rtn(new RtnOptions { Bits = bits, GroupSize = size }).Run(model);
        var expected = before.SelectMany(row => row.Chunk(size).SelectMany(group =>
        {
            var (scale, zero) = NaiveGptq.Grid(group, bits);
            // So near to the middle of two values, in float32's precision of value ÷ scale, either is right.
            double Tolerance(double value) => Math.Abs(value / scale - Math.Floor(value / scale) - 0.5) < (1 << bits) * 2e-7
                ? 1.01 * scale : 1e-5;
            return group.Select(value => (Value: NaiveGptq.Round(value, scale, zero, bits), Tolerance: Tolerance(value)));
        }));
        Assert.All(expected.Zip(Rows(model.Weight(0, "self_attn.q_proj")).SelectMany(r => r)),
            pair => Assert.Equal(pair.First.Value, pair.Second, pair.First.Tolerance));
    }

    [Theory]
    [InlineData(GridShare.Tensor, 1, 1)]
    [InlineData(GridShare.Channel, 32, 1)]
    [InlineData(GridShare.Group, 32, 4)]
    public void Compress_Share_DecidesHowManyScales(GridShare per, int rows, int groups)
    {
        using var model = new TinyLlama(1);
        new Rtn(new RtnOptions { Bits = 4, GroupSize = 8, Per = per }).Run(model);
        var quantized = model.Linears.First().Quantized!;
        Assert.Equal([rows, groups], quantized.Scales.shape);
        Assert.Equal(quantized.Decode().data<float>().ToArray(), model.Linears.First().Weight.data<float>().ToArray());
        Assert.Equal(4 + (16 + 4) * rows * groups / 1024.0, quantized.Encoding.BitsPerWeight, 1e-12);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(8)]
    [InlineData(12)]
    public void Compress_Symmetric_HasItsZeroInTheMiddle(int bits)
    {
        using var model = new TinyLlama(1);
        using var before = model.Weight(0, "self_attn.q_proj").clone();
        new Rtn(new RtnOptions { Bits = bits, GroupSize = 8, Symmetric = true }).Run(model);
        var quantized = model.Linears.First().Quantized!;
        Assert.Null(quantized.Zeros);
        var largest = before.abs().view(32, 4, 8).amax([-1]);
        Assert.Equal(0, (quantized.Scales - largest * Number.Of(2) / Number.Of((1 << bits) - 1)).abs().max().item<float>(), 1e-6f);
        Assert.True((model.Weight(0, "self_attn.q_proj") - before).abs().view(32, 4, 8).amax([-1]).le(quantized.Scales * Number.Of(1.01))
            .all().item<bool>());
    }

    [Fact]
    public void Compress_Mse_ChangesWeightsLess()
    {
        using var plain = new TinyLlama(1);
        using var searched = new TinyLlama(1);
        var before = new Rtn(new RtnOptions { Bits = 3, GroupSize = 32 }).Run(plain);
        var after = new Rtn(new RtnOptions { Bits = 3, GroupSize = 32, Mse = true }).Run(searched);
        Assert.All(before.Zip(after), pair => Assert.True(pair.Second.RelativeFrobenius < pair.First.RelativeFrobenius));
    }

    [Fact]
    public void Compress_MoreBits_LoseLess()
    {
        var errors = Enumerable.Range(2, 15).Select(bits =>
        {
            using var model = new TinyLlama(1);
            return new Rtn(new RtnOptions { Bits = bits, GroupSize = 16 }).Run(model)[0].RelativeFrobenius;
        }).ToList();
        Assert.All(errors.Zip(errors.Skip(1)), pair => Assert.InRange(pair.Second / pair.First, 0.2, 0.7));
    }

    private static double[][] Rows(torch.Tensor matrix) =>
        [.. matrix.to(torch.float64).data<double>().ToArray().Chunk((int)matrix.shape[1])];
}
