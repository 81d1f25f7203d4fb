using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

/// <summary>What Python 3.12 gave.</summary>
public sealed class MersenneTwisterTests
{
    [Theory]
    [InlineData(1234, 100, new[] { 99, 56, 14, 0, 11 })]
    [InlineData(0, 1000, new[] { 864, 394, 776, 911, 430, 41, 265, 988 })]
    [InlineData((1L << 40) + 3, 30, new[] { 7, 1, 17 })]
    [InlineData(-7, 30, new[] { 10, 4, 12 })]
    public void Sample_Seed_DrawsOfPython(long seed, int population, int[] drawn) =>
        Assert.Equal(drawn, new MersenneTwister(seed).Sample([.. Enumerable.Range(0, population)], drawn.Length));

    [Fact]
    public void Draws_OneAfterAnother_AreThoseOfPython()
    {
        var random = new MersenneTwister(1234);
        _ = random.Sample([.. Enumerable.Range(0, 100)], 5);
        Assert.Equal([9, 0, 1, 8], random.Sample([.. Enumerable.Range(0, 10)], 4));
        Assert.Equal(0.7664809327917963, random.NextDouble());
        Assert.Equal(0.23680977536311776, random.NextDouble());
        Assert.Equal([1, 39, 17, 31, 30, 7], random.Choices([.. Enumerable.Range(0, 50)], 6));
    }

    [Fact]
    public void Sample_PoolAndSet_AreThoseOfPython()
    {
        var random = new MersenneTwister(0);
        _ = random.Sample([.. Enumerable.Range(0, 1000)], 8);
        Assert.Equal([16, 15, 12, 9, 19], random.Sample([.. Enumerable.Range(0, 21)], 5));
        Assert.Equal([11, 18, 6, 16, 4], random.Sample([.. Enumerable.Range(0, 22)], 5));
        Assert.Equal([36, 17, 12, 79, 32, 68], random.Sample([.. Enumerable.Range(0, 90)], 6));
    }

    /// <summary>random.seed(0), then random.randint(0, k) one after another.</summary>
    [Fact]
    public void Below_OneAfterAnother_IsRandintOfPython()
    {
        var random = new MersenneTwister(0);
        int[] last = [0, 1, 2, 9, 99, 355999, int.MaxValue - 1];
        Assert.Equal([0, 1, 0, 4, 65, 254766, 869589436], last.Select(k => random.Below(k + 1)));
    }
}
