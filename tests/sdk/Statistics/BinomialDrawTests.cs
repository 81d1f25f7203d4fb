using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class BinomialDrawTests
{
    [Theory]
    [InlineData(1, 0.3)]
    [InlineData(12, 0.02)]
    [InlineData(12, 0.5)]
    [InlineData(12, 0.97)]
    public void Next_Often_HasTheProbabilitiesOfTheDistribution(int trials, double chance)
    {
        const int Draws = 40_000;
        var (draw, random) = (new BinomialDraw(trials), new SplitMix64(3));
        var counts = new int[trials + 1];
        for (var i = 0; i < Draws; i++)
            counts[draw.Next(trials, chance, random)]++;
        for (var k = 0; k <= trials; k++)
        {
            var probability = Choose(trials, k) * Math.Pow(chance, k) * Math.Pow(1 - chance, trials - k);
            Assert.Equal(probability, (double)counts[k] / Draws, 5 * Math.Sqrt(probability / Draws) + 1e-4);
        }
    }

    [Theory]
    [InlineData(14_000, 0.001)]
    [InlineData(14_000, 0.4)]
    [InlineData(14_000, 0.9995)]
    public void Next_ManyTrials_HasMeanAndVariance(int trials, double chance)
    {
        const int Draws = 20_000;
        var (draw, random) = (new BinomialDraw(trials), new SplitMix64(5));
        double[] drawn = [.. Enumerable.Range(0, Draws).Select(_ => (double)draw.Next(trials, chance, random))];
        var (mean, variance) = (trials * chance, trials * chance * (1 - chance));
        Assert.Equal(mean, drawn.Average(), 5 * Math.Sqrt(variance / Draws));
        Assert.Equal(1, drawn.Sum(value => (value - mean) * (value - mean)) / Draws / variance, 0.06);
    }

    private static double Choose(int n, int k) => Enumerable.Range(1, k).Aggregate(1.0, (product, i) => product * (n - k + i) / i);
}
