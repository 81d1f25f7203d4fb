using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Statistics;

public sealed class ScoreMetricsTests
{
    [Fact]
    public void Proportion_Independent_WilsonOverallAndForGroups()
    {
        Scores[] scores = [Of("hit", 1, "stem", "math"), Of("hit", 0, "stem", "physics"), Of("hit", 1, "other", "law")];
        var metrics = ScoreMetrics.Proportion("hit", scores).ToList();
        Assert.Equal(["hit", "hit/stem", "hit/other", "hit/math", "hit/physics", "hit/law"], metrics.Select(m => m.Name));
        Assert.Equal([3, 2, 1, 1, 1, 1], metrics.Select(m => m.N));
        Assert.Equal([2 / 3.0, 0.5, 1, 1, 0, 1], metrics.Select(m => m.Value));
        Assert.Equal(Wilson.Interval(1, 2), new Interval(metrics[1].Low, metrics[1].High));
    }

    [Fact]
    public void Proportion_Clusters_Bootstrapped()
    {
        var scores = Enumerable.Range(0, 40).Select(i => Of("hit", i / 8 % 2) with { Cluster = $"passage {i / 8}" }).ToList();
        var metric = Assert.Single(ScoreMetrics.Proportion("hit", scores));
        var independent = Wilson.Interval(16, 40);
        Assert.Equal(0.4, metric.Value);
        Assert.True(metric.High - metric.Low > 2 * (independent.High - independent.Low));
    }

    /// <summary>Five clusters of eight samples that are all alike count as five samples: z²/n ÷ (1 + z²/n), with Student's 2.776 for
    /// z.</summary>
    [Theory]
    [InlineData(0, 0, 0.6065)]
    [InlineData(1, 0.3935, 1)]
    public void Proportion_ClustersThatAreAllAlike_HasTheWidthOfSoFew(int hit, double low, double high)
    {
        var scores = Enumerable.Range(0, 40).Select(i => Of("hit", hit) with { Cluster = $"passage {i / 8}" }).ToList();
        var metric = Assert.Single(ScoreMetrics.Proportion("hit", scores));
        Assert.Equal(low, metric.Low, 0.002);
        Assert.Equal(high, metric.High, 0.002);
    }

    /// <summary>The same forty samples in fewer clusters are known less of: those of one cluster have no interval, and a cluster that has
    /// most of the samples counts for less than one of an equal share.</summary>
    [Fact]
    public void Proportion_FewerClustersThatAreAllAlike_AreWiderDownToNone()
    {
        double[] highs = [.. new[] { 40, 20, 10, 5, 4, 2 }.Select(clusters => High(i => i % clusters))];
        Assert.Equal(highs.Order(), highs);
        Assert.True(highs[0] > Wilson.Interval(0, 40).High, $"Forty clusters of one: {highs[0]}");
        Assert.InRange(highs[^1], 0.98, High(i => i == 0 ? 0 : 1));
        Assert.Equal(double.NaN, High(_ => 0));

        static double High(Func<int, int> cluster) => Assert.Single(ScoreMetrics.Proportion("hit",
            [.. Enumerable.Range(0, 40).Select(i => Of("hit", 0) with { Cluster = $"{cluster(i)}" })])).High;
    }

    [Fact]
    public void Mean_Weights_Count()
    {
        var metric = Assert.Single(ScoreMetrics.Mean("f1", [Of("f1", 1) with { Weight = 3 }, Of("f1", 0)]));
        Assert.Equal((0.75, 2), (metric.Value, metric.N));
        Assert.Equal((0.0, 1.0), (metric.Low, metric.High));
    }

    [Fact]
    public void ExponentialOfMean_Weights_InsideTheExponent()
    {
        var metric = Assert.Single(ScoreMetrics.ExponentialOfMean("perplexity", "nll", [Of("nll", 2) with { Weight = 3 }, Of("nll", 4)]));
        Assert.Equal("perplexity", metric.Name);
        Assert.Equal(Math.Exp(2.5), metric.Value, 1e-12);
        Assert.Equal(Math.Exp(2), metric.Low, 1e-12);
        Assert.Equal(Math.Exp(4), metric.High, 1e-12);
    }

    [Fact]
    public void Mean_SomeWithoutScore_LeftOut()
    {
        var metric = Assert.Single(ScoreMetrics.Mean("f1", [Of("f1", 5), Of("hit", 1)]));
        Assert.Equal((5, 1), (metric.Value, metric.N));
        Assert.Empty(ScoreMetrics.Mean("f1", [Of("hit", 1)]));
    }

    private static Scores Of(string name, double value, params string[] groups) =>
        new(new Dictionary<string, double> { [name] = value }) { Groups = groups };
}
