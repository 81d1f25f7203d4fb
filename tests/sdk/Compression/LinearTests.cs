using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Tests.Compression;

public sealed class LinearTests
{
    [Fact]
    public void Replace_AnyWeight_LeavesItUsable()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 3));
        using (torch.NewDisposeScope())
            linear.Replace(torch.ones(2, 3), new PrunedEncoding("2:4"));
        Assert.Equal(6f, linear.Weight.sum().item<float>());
        Assert.Equal(new PrunedEncoding("2:4"), linear.Encoding);
    }

    [Fact]
    public void Prune_DenseWeight_LosesWhatIsRemovedAlone()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.tensor(new float[] { 1, 2, 3, 4 }, [2, 2]));
        linear.Prune(torch.tensor(new[] { true, false, false, true }, [2, 2]), new PrunedEncoding(null));
        Assert.Equal([0, 2, 3, 0], linear.Weight.data<float>().ToArray());
        Assert.Equal(new PrunedEncoding(null), linear.Encoding);
        Assert.Throws<ArgumentException>(() => linear.Prune(torch.ones(2, 1).ne(Number.Of(0)), new PrunedEncoding(null)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Prune_QuantizedWeight_GetsTheCodeOfZero(bool symmetric)
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 2));
        linear.Replace(new QuantizedWeight(
            new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 4, Symmetric = symmetric },
            torch.tensor(new byte[] { 1, 2, 3, 4 }, [2, 2]),
            torch.ones(2, 1), symmetric ? null : torch.tensor(new byte[] { 7, 9 }, [2, 1])));
        var encoding = linear.Encoding;
        linear.Prune(torch.tensor(new[] { true, false, false, true }, [2, 2]), new PrunedEncoding("1:2"));
        byte[] codes = symmetric ? [8, 2, 3, 8] : [7, 2, 3, 9];
        float[] weights = symmetric ? [0, -6, -5, 0] : [0, -5, -6, 0];
        Assert.Equal(codes, linear.Quantized!.Codes.data<byte>().ToArray());
        Assert.Equal(weights, linear.Weight.data<float>().ToArray());
        Assert.Equal((QuantizedEncoding)encoding with { Pruned = new PrunedEncoding("1:2") }, linear.Encoding);
    }

    [Fact]
    public void Prune_GridWithoutZero_IsNoLongerQuantized()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(1, 2));
        linear.Replace(new QuantizedWeight(new QuantizedEncoding { Format = CodeFormat.Integer, Bits = 4 },
            torch.tensor(new byte[] { 1, 2 }, [1, 2]), torch.ones(1, 1), torch.tensor(new byte[] { 16 }, [1, 1])));
        linear.Prune(torch.tensor(new[] { true, false }, [1, 2]), new PrunedEncoding(null));
        Assert.Equal([0f, -14], linear.Weight.data<float>().ToArray());
        Assert.Equal(new PrunedEncoding(null), linear.Encoding);
        Assert.Null(linear.Quantized);
    }

    [Fact]
    public void Replace_Repeatedly_LeavesNoTensorBehind()
    {
        using var scope = torch.NewDisposeScope();
        var (linear, value) = (new Linear("l", torch.zeros(2, 3)), torch.ones(2, 3));
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;
        for (var i = 0; i < 50; i++)
            linear.Replace(value, LinearEncoding.Dense);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void Replace_AnotherShape_IsRefused()
    {
        using var scope = torch.NewDisposeScope();
        var linear = new Linear("l", torch.zeros(2, 3));
        Assert.Throws<ArgumentException>(() => linear.Replace(torch.ones(3, 2), LinearEncoding.Dense));
    }
}
