using LlmKick.Sdk.Compression;
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
