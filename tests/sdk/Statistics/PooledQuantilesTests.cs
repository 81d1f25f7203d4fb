using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Statistics;

public sealed class PooledQuantilesTests
{
    private static readonly (string, double)[] Quantiles = [("p90", 0.9), ("p10", 0.1), ("p50", 0.5), ("max", 1)];

    [Fact]
    public void Of_UnequalSamples_InterpolatesOverAllParts()
    {
        // numpy.quantile([1, 2, 3, 4, 5, 6, 10], [0.9, 0.1, 0.5, 1]) = [7.6, 1.6, 4, 10]
        var metrics = PooledQuantiles.Of("kl", Quantiles, [Sample(6, 1, 3), Sample(5, 2, 10, 4)]);
        Assert.Equal([7.6, 1.6, 4, 10], metrics.Select(metric => Math.Round(metric.Value, 6)));
        Assert.All(metrics, metric => Assert.Equal(2, metric.N));
    }

    [Fact]
    public void Of_ManySamples_IntervalCoversAndTheExtremeHasNone()
    {
        var random = new SplitMix64(5);
        var metrics = PooledQuantiles.Of("kl", Quantiles,
            [.. Enumerable.Range(0, 100).Select(_ => Sample([.. Enumerable.Range(0, 20).Select(_ => (float)random.Next(1000))]))]);
        // The standard error of a quantile of n uniform numbers is √(q (1 − q) / n).
        foreach (var (metric, share) in metrics.Zip([0.9, 0.1, 0.5]))
        {
            var error = 1000 * Math.Sqrt(share * (1 - share) / 2000);
            Assert.InRange(metric.Value, 1000 * share - 4 * error, 1000 * share + 4 * error);
            Assert.InRange(metric.High - metric.Low, 0.7 * 3.92 * error, 1.3 * 3.92 * error);
            Assert.InRange(metric.Value, metric.Low, metric.High);
        }
        Assert.True(double.IsNaN(metrics[3].Low) && double.IsNaN(metrics[3].High));
    }

    [Fact]
    public void Of_PartsInClusters_AreDrawnTogether()
    {
        var random = new SplitMix64(5);
        Scores[] alone = [.. Enumerable.Range(0, 400).Select(_ => Sample(random.Next(1000)))];
        var copies = alone[..40].SelectMany((one, i) => Enumerable.Repeat(one with { Cluster = $"c{i}" }, 10)).ToList();
        var (wide, narrow) = (PooledQuantiles.Of("kl", Quantiles, copies)[2], PooledQuantiles.Of("kl", Quantiles, alone)[2]);
        Assert.InRange((wide.High - wide.Low) / (narrow.High - narrow.Low), 2, 5);
    }

    [Fact]
    public void Of_OneSample_HasNoInterval() =>
        Assert.All(PooledQuantiles.Of("kl", Quantiles, [Sample(1, 2, 3)]), metric => Assert.True(double.IsNaN(metric.Low)));

    [Fact]
    public void Of_NoParts_IsNothing() => Assert.Empty(PooledQuantiles.Of("kl", Quantiles, [new Scores(new Dictionary<string, double>())]));

    private static Scores Sample(params float[] parts) =>
        new(new Dictionary<string, double>()) { Parts = new Dictionary<string, IReadOnlyList<float>> { ["kl"] = parts } };
}
