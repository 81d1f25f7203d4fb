using LlmKick.Sdk.Compression;
using TorchSharp;

namespace LlmKick.Tests.Compression;

public sealed class QuantizedWeightTests
{
    private static readonly byte[] Codes = [0, 1, 2, 3, 4, 5, 6, 7];

    [Fact]
    public void Decode_Groups_ScalesWhatIsAboveZero()
    {
        using var scope = torch.NewDisposeScope();
        var weight = Weight(new() { Format = CodeFormat.Integer, Bits = 3, GroupSize = 2 }, [1f, 10, 0.5f, 2], [0, 2, 4, 7]);
        Assert.Equal([0f, 1, 0, 10, 0, 0.5f, -2, 0], weight.Decode().data<float>().ToArray());
        Assert.Equal(3 + 4 * (16 + 3) / 8.0, weight.Encoding.BitsPerWeight);
    }

    [Fact]
    public void Decode_ColumnGroups_AreLookedUp()
    {
        using var scope = torch.NewDisposeScope();
        var weight = Weight(new() { Format = CodeFormat.Integer, Bits = 3, GroupSize = 2 }, [1f, 10, 0.5f, 2], [0, 2, 4, 7], [1, 0, 1, 0]);
        Assert.Equal([-20f, 1, 0, 3, -6, 0.5f, -2, 1.5f], weight.Decode().data<float>().ToArray());
        Assert.Equal(3 + (4 * (16 + 3) + 4 * 32) / 8.0, weight.Encoding.BitsPerWeight);
    }

    [Fact]
    public void Decode_Symmetric_CountsFromTheMiddle()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new QuantizedWeight(new() { Format = CodeFormat.Integer, Bits = 3, Symmetric = true }, Matrix(Codes),
            torch.tensor(new[] { 0.5f }).view(1, 1));
        Assert.Equal([-2f, -1.5f, -1, -0.5f, 0, 0.5f, 1, 1.5f], weight.Decode().data<float>().ToArray());
    }

    [Fact]
    public void Decode_Float_LooksUpItsNumbers()
    {
        using var scope = torch.NewDisposeScope();
        var weight = new QuantizedWeight(new() { Format = CodeFormat.Fp4E2M1, Bits = 4, ScaleBits = 8 }, Matrix([0, 1, 2, 7, 8, 9, 10, 15]),
            torch.tensor(new[] { 2f, 4 }).view(2, 1));
        Assert.Equal([0f, 1, 2, 12, 0, -2, -4, -24], weight.Decode().data<float>().ToArray().Select(v => v + 0f));
    }

    [Fact]
    public void Replace_Quantized_KeepsTheIntegersUntilAnotherWeightComes()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 4, dtype: torch.ScalarType.BFloat16));
        using (torch.NewDisposeScope())
            linear.Replace(Weight(new() { Format = CodeFormat.Integer, Bits = 3, GroupSize = 2 }, [1f, 10, 0.5f, 2], [0, 2, 4, 7]));
        Assert.Equal(Codes, linear.Quantized!.Codes.data<byte>().ToArray());
        Assert.Equal(linear.Quantized.Decode().data<float>().ToArray(), linear.Weight.to(torch.float32).data<float>().ToArray());
        Assert.Equal(4, linear.Tensors.Count());
        linear.Replace(torch.ones(2, 4), LinearEncoding.Dense);
        Assert.Null(linear.Quantized);
    }

    [Fact]
    public void Replace_QuantizedRepeatedly_LeavesNoTensorBehind()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 4));
        var weight = Weight(new() { Format = CodeFormat.Integer, Bits = 3, GroupSize = 2 }, [1f, 10, 0.5f, 2], [0, 2, 4, 7]);
        linear.Replace(weight);
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 50; i++)
            linear.Replace(weight);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    private static QuantizedWeight Weight(QuantizedEncoding encoding, float[] scales, byte[] zeros, long[]? groups = null) => new(
        encoding, Matrix(Codes), torch.tensor(scales).view(2, 2), torch.tensor(zeros).view(2, 2), groups is null ? null
            : torch.tensor(groups));

    private static torch.Tensor Matrix(byte[] codes) => torch.tensor(codes).view(2, 4);
}
