using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class BootstrapTests
{
    private static readonly double[] Normal = Draw(400);

    [Fact]
    public void WeightedMean_ManySamples_NearNormalInterval()
    {
        var mean = Normal.Average();
        var standardError = Math.Sqrt(Normal.Sum(v => (v - mean) * (v - mean)) / (Normal.Length - 1) / Normal.Length);
        var interval = Bootstrap.WeightedMean(Normal);
        Assert.Equal(mean - 1.96 * standardError, interval.Low, 0.15 * standardError);
        Assert.Equal(mean + 1.96 * standardError, interval.High, 0.15 * standardError);
    }

    [Fact]
    public void WeightedMean_Twice_SameInterval() => Assert.Equal(Bootstrap.WeightedMean(Normal), Bootstrap.WeightedMean(Normal));

    [Fact]
    public void WeightedMean_EqualWeights_SameAsNone() =>
        Assert.Equal(Bootstrap.WeightedMean(Normal), Bootstrap.WeightedMean(Normal, [.. Normal.Select(_ => 1.0)]));

    [Fact]
    public void WeightedMean_HeavySample_PullsInterval()
    {
        double[] values = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1];
        var heavy = Bootstrap.WeightedMean(values, [1, 1, 1, 1, 1, 1, 1, 1, 1, 100]);
        Assert.True(heavy.High > 0.95);
        Assert.True(Bootstrap.WeightedMean(values).High < 0.5);
    }

    [Fact]
    public void WeightedMean_CopiesInClusters_AsWideAsWithoutCopies()
    {
        var copies = Normal.SelectMany(value => Enumerable.Repeat(value, 4)).ToArray();
        var clusters = Normal.SelectMany((_, i) => Enumerable.Repeat<string?>($"passage {i}", 4)).ToArray();
        var single = Bootstrap.WeightedMean(Normal);
        var clustered = Bootstrap.WeightedMean(copies, clusters: clusters);
        var naive = Bootstrap.WeightedMean(copies);
        Assert.Equal(single.Low, clustered.Low, 1e-12);
        Assert.Equal(single.High, clustered.High, 1e-12);
        Assert.InRange((naive.High - naive.Low) / (single.High - single.Low), 0.4, 0.6);
    }

    [Fact]
    public void WeightedMean_OneSampleOrCluster_GivesNone()
    {
        Assert.Equal(new Interval(double.NaN, double.NaN), Bootstrap.WeightedMean([3]));
        Assert.Equal(new Interval(double.NaN, double.NaN), Bootstrap.WeightedMean([3, 4, 5], clusters: ["one", "one", "one"]));
        Assert.True(Bootstrap.WeightedMean([3, 4, 5], clusters: ["one", "one", null]) is { Low: < 4, High: > 4 });
    }

    [Fact]
    public void WeightedMean_NotANumber_GivesNone() =>
        Assert.Equal(new Interval(double.NaN, double.NaN), Bootstrap.WeightedMean([1, double.NaN]));

    [Fact]
    public void WeightedMean_BadLists_Throws()
    {
        Assert.Throws<ArgumentException>(() => Bootstrap.WeightedMean([]));
        Assert.Throws<ArgumentException>(() => Bootstrap.WeightedMean([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => Bootstrap.WeightedMean([1, 2], clusters: ["a"]));
    }

    [Fact]
    public void Ratio_RightOrWrong_AsWideAsDrawnOneByOne()
    {
        var random = new SplitMix64(11);
        double[] dense = [.. Enumerable.Range(0, 600).Select(_ => random.Next(10) < 7 ? 1.0 : 0)];
        double[] here = [.. dense.Select(value => random.Next(10) < 2 ? 1 - value : value)];
        // Values that differ a little are too many kinds to be counted, and are drawn one by one.
        var (counted, single) = (Bootstrap.Ratio(here, dense), Bootstrap.Ratio([.. here.Select((value, i) => value + i * 1e-13)], dense));
        Assert.Equal(single.Low, counted.Low, 0.08 * (single.High - single.Low));
        Assert.Equal(single.High, counted.High, 0.08 * (single.High - single.Low));
    }

    private static double[] Draw(int count)
    {
        var random = new SplitMix64(7);
        return [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 12).Sum(_ => random.Next(1 << 20) / (double)(1 << 20)) - 6)];
    }
}
