using LlmKick.Reports.Comparisons;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class FrontierTests
{
    [Fact]
    public void Of_Curve_IsTheLastSparsityBeforeTheFirstLoss()
    {
        var frontier =
            Assert.Single(Frontiers.Of([Facts(0.7, 0.5, 0.02), Facts(0.3, 0.99, 0.02), Facts(0.5, 0.96, 0.03), Facts(0.6, 0.94, 0.03)]));
        Assert.Equal(("wanda", "facts", 0.5, 0.3, 0.6, 0.7),
            (frontier.Method, frontier.Task, frontier.Sparsity, frontier.Low, frontier.High, frontier.LargestTried));
    }

    [Fact]
    public void Of_LaterRise_DoesNotMendAnEarlierLoss() =>
        Assert.Equal(0, Assert.Single(Frontiers.Of([Facts(0.3, 0.8, 0.01), Facts(0.5, 1, 0.01)])).Sparsity);

    [Fact]
    public void Of_Seeds_MustAllMatch() =>
        Assert.Equal(0.3, Assert.Single(Frontiers.Of([Facts(0.3, 1, 0.01), Facts(0.5, 1, 0.01), Facts(0.5, 0.8, 0.01)])).Sparsity);

    [Fact]
    public void Of_SeedsWhoseSparsitiesDiffer_MustAllMatch()
    {
        var frontier = Assert.Single(Frontiers.Of([Facts(0.3, 1, 0.01), Facts(0.499, 1, 0.01) with { Group = "wanda-0.5" },
            Facts(0.501, 0.8, 0.01) with { Group = "wanda-0.5" }]));
        Assert.Equal((0.3, 0.5), (frontier.Sparsity, frontier.LargestTried));
    }

    [Fact]
    public void Of_DenseGuesses_IsNone() => Assert.Empty(Frontiers.Of([Facts(0.3, 1, 0.01) with { Chance = 0.95 }]));

    [Fact]
    public void Parting_TaskLostAndPerplexityNot_IsTheSmallestSuchSparsity()
    {
        var parting = Assert.Single(HiddenLoss.Of([
            Facts(0.3, 0.99, 0.01), Perplexity(0.3, 1), Facts(0.5, 0.8, 0.05), Perplexity(0.5, 1.02), Facts(0.6, 0.6, 0.05),
            Perplexity(0.6, 1.03), Facts(0.7, 0.1, 0.05), Perplexity(0.7, 9)]));
        Assert.Equal((0.5, 0.8, 1.02), (parting.Task.Sparsity, parting.Task.Ratio, parting.Perplexity.Ratio));
    }

    [Fact]
    public void Parting_PerplexityUndecided_IsNone() =>
        Assert.Empty(HiddenLoss.Of([Facts(0.5, 0.8, 0.05), Perplexity(0.5, 1.02) with { Interval = new Interval(0.9, 1.2) }]));

    private static Comparison Facts(double sparsity, double ratio, double half) => Of("facts", "exact_match", true, sparsity, ratio, half);

    private static Comparison Perplexity(double sparsity, double ratio) => Of("perplexity", "perplexity", false, sparsity, ratio, 0.01);

    private static Comparison Of(string task, string metric, bool higher, double sparsity, double ratio, double half) =>
        new($"wanda-{sparsity}", task, metric, higher, null, 200, 0.9, 0.9 * ratio, ratio, new Interval(ratio - half, ratio + half), 0,
            0) { Method = "wanda", Sparsity = sparsity, DenseLow = 0.85 };
}
