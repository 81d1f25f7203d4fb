using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class PairedIntervalTests
{
    private const double Square = 1.959963984540054 * 1.959963984540054;

    [Theory]
    [InlineData(6)]
    [InlineData(73)]
    [InlineData(1000)]
    public void OfProportions_NothingChanged_IsAsWideAsWilsonsAtZero(int samples)
    {
        var interval = PairedInterval.OfProportions(0, 0, samples);
        Assert.Equal(-Square / (samples + Square), interval.Low, 1e-12);
        Assert.Equal(Square / (samples + Square), interval.High, 1e-12);
    }

    [Fact]
    public void OfProportions_OnlyLosses_EndsAtWilsonsInterval()
    {
        // The share won has no room below 0, and its own width above.
        var wilson = Wilson.Interval(3, 6);
        var none = Wilson.Interval(0, 6);
        var interval = PairedInterval.OfProportions(3, 0, 6);
        Assert.Equal(-wilson.High, interval.Low, 1e-12);
        Assert.Equal(-0.5 + Math.Sqrt(Math.Pow(0.5 - wilson.Low, 2) + Math.Pow(none.High, 2)), interval.High, 1e-12);
    }

    [Fact]
    public void OfProportions_ManySamples_IsTheNormalInterval()
    {
        // Multinomial: the variance of won − lost is (won + lost − (won − lost)²) / n.
        const int samples = 1_000_000;
        var half = 1.959963984540054 * Math.Sqrt((0.1 + 0.05 - 0.05 * 0.05) / samples);
        var interval = PairedInterval.OfProportions(100_000, 50_000, samples);
        Assert.Equal(-0.05 - half, interval.Low, 1e-5);
        Assert.Equal(-0.05 + half, interval.High, 1e-5);
    }

    [Fact]
    public void OfProportions_ClustersOfOne_DifferByStudentsQuantileAlone()
    {
        int[] changes = [.. Enumerable.Range(0, 5000).Select(i => i % 10 == 0 ? -1 : i % 33 == 1 ? 1 : 0)];
        var alone = PairedInterval.OfProportions(changes, null);
        var clustered = PairedInterval.OfProportions(changes, [.. changes.Select((_, i) => $"{i}")]);
        Assert.Equal(alone.Low, clustered.Low, 1e-4);
        Assert.Equal(alone.High, clustered.High, 1e-4);
    }

    [Fact]
    public void OfProportions_ClustersNothingChanged_CountAsOneEach()
    {
        var interval = PairedInterval.OfProportions(new int[60], [.. Enumerable.Range(0, 60).Select(i => $"{i / 6}")]);
        var t = 2.262157162854099; // of 9 degrees of freedom
        Assert.Equal(-t * t / (10 + t * t), interval.Low, 1e-9);
    }

    [Fact]
    public void OfProportions_OneSampleOrCluster_IsNone()
    {
        Assert.Equal(new Interval(double.NaN, double.NaN), PairedInterval.OfProportions(0, 0, 1));
        Assert.Equal(new Interval(double.NaN, double.NaN), PairedInterval.OfProportions([1, 0], ["a", "a"]));
    }

    [Fact]
    public void OfProportions_WrongCounts_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedInterval.OfProportions(-1, 0, 4));
        Assert.Throws<ArgumentOutOfRangeException>(() => PairedInterval.OfProportions(3, 2, 4));
        Assert.Throws<ArgumentException>(() => PairedInterval.OfProportions([], null));
    }

    [Fact]
    public void OfRatio_Ones_IsStudentsIntervalOfTheMean()
    {
        // Mean 2.5, standard error √(5/3) / 2, t of 3 degrees 3.1824463.
        var interval = PairedInterval.OfRatio([1, 2, 3, 4], [1, 1, 1, 1]);
        var half = 3.182446305284263 * Math.Sqrt(5.0 / 3) / 2;
        Assert.Equal(2.5 - half, interval.Low, 1e-9);
        Assert.Equal(2.5 + half, interval.High, 1e-9);
        Assert.Equal(new Interval(double.NaN, double.NaN), PairedInterval.OfRatio([1, double.NaN], [1, 1]));
        Assert.Equal(new Interval(double.NaN, double.NaN), PairedInterval.OfRatio([1, 2], [0, 0]));
        Assert.Equal(new Interval(double.NaN, double.NaN), PairedInterval.OfRatio([1], [1]));
    }

    [Theory]
    [InlineData(1, 12.706204736432095)]
    [InlineData(2, 4.302652729911275)]
    [InlineData(3, 3.182446305284263)]
    [InlineData(10, 2.228138851964939)]
    [InlineData(99, 1.984216951586376)]
    [InlineData(500, 1.964719837155)]
    [InlineData(501, 1.964710)]
    public void Quantile_OfStudent_IsTheTables(int freedom, double expected) => Assert.Equal(expected, StudentT.Quantile(freedom), 1e-6);
}
