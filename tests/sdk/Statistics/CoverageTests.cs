using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

/// <summary>How often intervals hold the truth and tests find what is not there, in simulated runs.</summary>
[Trait("Category", "Full")]
public sealed class CoverageTests(ITestOutputHelper output)
{
    private const int Runs = 10_000;

    [Theory]
    [InlineData(100, 0.05)]
    [InlineData(100, 0.5)]
    [InlineData(100, 0.95)]
    [InlineData(400, 0.3)]
    public void Wilson_Coverage_IsItsExactBinomialOne(int samples, double chance)
    {
        var (draw, random) = (new BinomialDraw(samples), new SplitMix64(1));
        var simulated = Share(_ => Holds(Wilson.Interval(draw.Next(samples, chance, random), samples), chance));
        double exact = 0, term = Math.Pow(1 - chance, samples);
        for (var k = 0; k <= samples; term *= (samples - k) * chance / ((k + 1) * (1 - chance)), k++)
            exact += Holds(Wilson.Interval(k, samples), chance) ? term : 0;
        output.WriteLine($"n = {samples}, p = {chance}: {simulated:0.0000}, exactly {exact:0.0000}");
        Assert.Equal(exact, simulated, 0.01);
    }

    [Theory]
    [InlineData(100, 0.5, 0.8)]
    [InlineData(100, 0.9, 0.9)]
    [InlineData(200, 0.3, 0.7)]
    [InlineData(200, 0.95, 0.95)]
    public void Bootstrap_RecoveryOfPairedSamples_HoldsTheTruth(int samples, double dense, double kept)
    {
        // Right in the dense model, and then kept; wrong ones become right at a tenth of the losses' rate.
        var truth = (dense * kept + (1 - dense) * (1 - kept) / 10) / dense;
        var share = Share(run =>
        {
            var random = new SplitMix64((ulong)run + 1);
            double[] before = [.. Enumerable.Range(0, samples).Select(_ => Chance(random) < dense ? 1.0 : 0)];
            double[] after = [.. before.Select(value => Chance(random) < (value == 1 ? kept : (1 - kept) / 10) ? 1.0 : 0)];
            return Holds(Bootstrap.Ratio(after, before), truth);
        });
        output.WriteLine($"n = {samples}, dense = {dense}, kept = {kept}: {share:0.0000}");
        Assert.InRange(share, 0.92, 0.98);
    }

    [Fact]
    public void Bootstrap_ThirtyClusters_HoldsTheTruth()
    {
        string?[] clusters = [.. Enumerable.Range(0, 150).Select(i => $"passage {i / 5}")];
        var share = Share(run =>
        {
            var random = new SplitMix64((ulong)run + 1);
            double[] difficulty = [.. Enumerable.Range(0, 30).Select(_ => 0.3 + 0.4 * Chance(random))];
            return Holds(Bootstrap.WeightedMean([.. Enumerable.Range(0, 150).Select(i => Chance(random) < difficulty[i / 5] ? 1.0 : 0)],
                clusters: clusters), 0.5);
        });
        output.WriteLine($"30 clusters of 5: {share:0.0000}");
        Assert.InRange(share, 0.92, 0.98);
    }

    [Fact]
    public void McNemar_NothingChanged_ErrsInFivePercentAtMost()
    {
        var random = new SplitMix64(2);
        var alone = Share(_ => McNemar.Exact(Tails(random, 40, out var won), won) <= 0.05);
        var clustered = Share(_ =>
            McNemar.Clustered([.. Enumerable.Range(0, 30).Select(_ => (random.Next(5) - 2) * (random.Next(2) == 0 ? 1 : -1))]) <= 0.05);
        output.WriteLine($"alone: {alone:0.0000}, clustered: {clustered:0.0000}");
        Assert.InRange(alone, 0.005, 0.055);
        Assert.InRange(clustered, 0.005, 0.055);
    }

    private static int Tails(SplitMix64 random, int coins, out int heads)
    {
        heads = Enumerable.Range(0, coins).Sum(_ => random.Next(2));
        return coins - heads;
    }

    private static double Chance(SplitMix64 random) => random.Next(1 << 30) / (double)(1 << 30);

    private static bool Holds(Interval interval, double truth) => interval.Low <= truth && truth <= interval.High;

    private static double Share(Func<int, bool> holds) => Enumerable.Range(0, Runs).Count(holds) / (double)Runs;
}
