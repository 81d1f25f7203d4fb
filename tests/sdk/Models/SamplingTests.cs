using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Models;

public sealed class SamplingTests
{
    private static readonly float[] Logits = [1.5f, -0.3f, 0, 2.2f, 0.9f, -1, 1.1f, 0.4f, -2, 1.9f, 0.2f, -0.6f];

    [Theory]
    [InlineData(1, null, 1)]
    [InlineData(0.5, null, 1)]
    [InlineData(2, null, 1)]
    [InlineData(1, 5, 1)]
    [InlineData(1, null, 0.6)]
    [InlineData(0.7, 8, 0.9)]
    public void Draw_ManySeedsOrSteps_FollowsTheFilteredSoftmax(double temperature, int? topK, double topP)
    {
        var sampling = new Sampling { Temperature = temperature, TopK = topK, TopP = topP, Seed = 1 };
        var expected = Probabilities(Logits, sampling);

        AssertDrawnFrom(expected, Enumerable.Range(0, 5000).Select(seed => (sampling with { Seed = seed }).Draw(Logits, 0).Token));
        AssertDrawnFrom(expected, Enumerable.Range(0, 5000).Select(step => sampling.Draw(Logits, step).Token));
    }

    [Fact]
    public void Draw_SeedsAndSteps_AreIndependent()
    {
        var sampling = new Sampling { Seed = 0 };
        var probabilities = Probabilities(Logits, sampling);
        double[] pairs = [.. probabilities.SelectMany(first => probabilities.Select(second => first * second))];

        AssertDrawnFrom(pairs, Enumerable.Range(0, 20_000)
            .Select(seed => Pair(sampling with { Seed = seed }, sampling with { Seed = seed }, 0, 1)));
        AssertDrawnFrom(pairs, Enumerable.Range(0, 20_000).Select(step => Pair(sampling, sampling with { Seed = 1 }, step, step)));
    }

    [Fact]
    public void Apply_RandomLogits_KeepsWhatARestatementKeeps()
    {
        var random = new Random(5);
        for (var round = 0; round < 300; round++)
        {
            var sampling = new Sampling { TopK = random.Next(3) == 0 ? null : 1 + random.Next(80), TopP = random.Next(3) == 0 ? 1
                : random.NextDouble(), Seed = 0 };
            double[] logits = [.. Enumerable.Range(0, 60).Select(_ => (random.NextDouble() - 0.5) * (1 + random.Next(12)))];
            double[] filtered = [.. logits];

            TokenFilter.Apply(filtered, sampling);

            Assert.Equal(Kept(logits, sampling),
                Enumerable.Range(0, logits.Length).Where(token => !double.IsNegativeInfinity(filtered[token])));
            Assert.All(filtered.Zip(logits).Where(pair => !double.IsNegativeInfinity(pair.First)),
                pair => Assert.Equal(pair.Second, pair.First));
        }
    }

    [Fact]
    public void Apply_EqualsOfTheLastKept_StayToo()
    {
        double[] logits = [3, 1, 2, 2, 0, 2];

        TokenFilter.Apply(logits, new Sampling { TopK = 2, Seed = 0 });

        Assert.Equal([3, double.NegativeInfinity, 2, 2, double.NegativeInfinity, 2], logits);
    }

    [Fact]
    public void Draw_LargeVocabulary_IsTheLargestOfAllSums()
    {
        var random = new Random(9);
        float[] logits = [.. Enumerable.Range(0, 3000).Select(_ => (float)(random.NextDouble() * 8))];
        for (var step = 0; step < 50; step++)
        {
            var noise = new GumbelNoise(7, step);
            var sums = logits.Select((logit, token) => logit / 0.7 + noise.At(token)).ToArray();
            var order = sums.OrderDescending().Take(2).ToArray();

            var (drawn, gap) = new Sampling { Temperature = 0.7, Seed = 7 }.Draw(logits, step);

            Assert.Equal(Array.IndexOf(sums, order[0]), drawn);
            Assert.Equal(0.7 * (order[0] - order[1]), gap, 1e-6);
            Assert.All(Enumerable.Range(0, 3000), token => Assert.True(noise.At(token) <= noise.AtMost(token)));
        }
    }

    [Fact]
    public void Draw_AtTemperature0_IsTheLargest() =>
        Assert.Equal((3, 0.3f), Rounded(new Sampling { Temperature = 0, Seed = 4 }.Draw(Logits, 2)));

    [Theory]
    [InlineData(float.NaN, float.NaN, float.NaN)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity, float.NegativeInfinity)]
    public void Draw_NoNumbers_IsTheFirst(params float[] logits) =>
        Assert.Equal(0, new Sampling { TopP = 0.9, TopK = 2, Seed = 4 }.Draw(logits, 0).Token);

    [Fact]
    public void SeedOf_SeedTurnOrSample_GivesAnother() =>
        Assert.Equal(5, new[] { Sampling.SeedOf(0, "7"), Sampling.SeedOf(1, "7"), Sampling.SeedOf(0, "8"), Sampling.SeedOf(0, "7", 1),
            Sampling.SeedOf(-1, "7") }.Where(seed => seed >= 0).Distinct().Count());

    /// <summary>Pearson's chi-square, all cells with fewer than 5 expected put together, at p = 0.0001 (Wilson and Hilferty's
    /// quantile).</summary>
    internal static void AssertDrawnFrom(double[] probabilities, IEnumerable<int> drawn)
    {
        var counts = new double[probabilities.Length];
        foreach (var token in drawn)
            counts[token]++;
        var all = counts.Sum();
        var cells = probabilities.Zip(counts, (p, n) => (Expected: p * all, Seen: n)).ToLookup(cell => cell.Expected >= 5);
        var rest = (Expected: cells[false].Sum(cell => cell.Expected), Seen: cells[false].Sum(cell => cell.Seen));
        var all5 = cells[true].Concat(rest.Expected >= 5 ? [rest] : []).ToList();
        var freedom = all5.Count - 1.0;
        var limit = freedom * Math.Pow(1 - 2 / (9 * freedom) + 3.719 * Math.Sqrt(2 / (9 * freedom)), 3);
        var distance = all5.Sum(cell => Math.Pow(cell.Seen - cell.Expected, 2) / cell.Expected);
        Assert.True(distance < limit, $"chi-square {distance} of {freedom} degrees, over {limit}");
        Assert.All(probabilities.Zip(counts).Where(cell => cell.First == 0), cell => Assert.Equal(0, cell.Second));
    }

    private static int Pair(Sampling one, Sampling other, int step, int otherStep) => one.Draw(Logits, step)
        .Token * Logits.Length + other.Draw(Logits, otherStep).Token;

    private static (int, float) Rounded((int Token, float Gap) draw) => (draw.Token, MathF.Round(draw.Gap, 5));

    private static double[] Probabilities(float[] logits, Sampling sampling)
    {
        double[] scaled = [.. logits.Select(logit => logit / sampling.Temperature)];
        var kept = Kept(scaled, sampling).ToHashSet();
        var weights = scaled.Select((logit, token) => kept.Contains(token) ? Math.Exp(logit) : 0).ToArray();
        return [.. weights.Select(weight => weight / weights.Sum())];
    }

    /// <summary>From the most probable on: k tokens, and of these as many until their share of the k's probability reaches p.</summary>
    private static List<int> Kept(double[] scaled, Sampling sampling)
    {
        var order = Enumerable.Range(0, scaled.Length).OrderByDescending(token => scaled[token])
            .Take(sampling.TopK ?? int.MaxValue).ToList();
        var all = order.Sum(token => Math.Exp(scaled[token]));
        var (sum, count) = (0.0, 0);
        while (count < order.Count && (count == 0 || sum < sampling.TopP * all))
            sum += Math.Exp(scaled[order[count++]]);
        return [.. order.Take(count).Order()];
    }
}
