using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks;

public sealed class SubsetTests
{
    [Theory]
    [InlineData(SampleChoice.First)]
    [InlineData(SampleChoice.Random)]
    public void Choose_NoLimitOrLargeLimit_All(SampleChoice take)
    {
        Assert.Equal([0, 1, 2], Subset.Choose(3, null, take, 1));
        Assert.Equal([0, 1, 2], Subset.Choose(3, 5, take, 1));
    }

    [Fact]
    public void Choose_First_TheFirst() => Assert.Equal([0, 1], Subset.Choose(5, 2, SampleChoice.First, 1));

    [Fact]
    public void Choose_Random_AscendingDistinctAndDecidedBySeed()
    {
        var chosen = Subset.Choose(1000, 100, SampleChoice.Random, 3);
        Assert.Equal(chosen.Distinct().Order(), chosen);
        Assert.Equal(100, chosen.Count);
        Assert.Equal(chosen, Subset.Choose(1000, 100, SampleChoice.Random, 3));
        Assert.NotEqual(chosen, Subset.Choose(1000, 100, SampleChoice.Random, 4));
        Assert.InRange(chosen.Average(), 400, 600);
    }
}
