using LlmKick.Reports.Comparisons;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class VerdictTests
{
    [Fact]
    public void Sentences_KnowledgeFallsWherePerplexityStays_NamesTheHiddenLoss()
    {
        var sentences = Sentences(Perplexity("wanda-0.5", 1.03), Facts("wanda-0.5", 0.98, 0.6), Read("wanda-0.5", 0.98, 0.97));
        Assert.Equal("Perplexity hides a loss: with wanda-0.5 it rises by 3 %, yet facts falls from 98 % to 60 % (p < 0.001).", sentences[0]);
        Assert.StartsWith("The tasks do not fall alike: with wanda-0.5, facts keeps 61.2 % [56.2 %, 66.2 %] of the dense model's score and read 99 % [", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_Reversed_SaysThatPerplexityMovesFirst()
    {
        var sentences = Sentences(
            Perplexity("wanda-0.3", 1.2), Facts("wanda-0.3", 0.98, 0.97), Read("wanda-0.3", 0.98, 0.98),
            Perplexity("wanda-0.5", 1.5), Facts("wanda-0.5", 0.98, 0.95), Read("wanda-0.5", 0.98, 0.5));
        Assert.Equal(
            "Perplexity does not hide the loss here: no task lost more than 5 % where perplexity rose by less than that; "
            + "the first to lose was read, with wanda-0.5, where perplexity rises by 50 % and read falls from 98 % to 50 % (p < 0.001).", sentences[0]);
        Assert.Contains("with wanda-0.5, read keeps 51 % [", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_PerplexityRisesAndNoTaskFalls_SaysThatItExaggerates()
    {
        var sentences = Sentences(Perplexity("wanda-0.5", 1.4), Facts("wanda-0.5", 0.98, 0.98), Read("wanda-0.5", 0.98, 0.97));
        Assert.Equal("No task lost more than 5 % as far as 200 questions can tell, though perplexity rises by 40 % with wanda-0.5: it tells of a loss that these tasks do not have.", sentences[0]);
        Assert.Equal("At no setting do two tasks part so far that the difference is more than these questions' noise.", sentences[1]);
    }

    [Fact]
    public void Sentences_Flat_SaysThatNothingWasLost() => Assert.Equal(
        "No task lost more than 5 % as far as 200 questions can tell, and perplexity rises by 1 % at most (wanda-0.3): these settings cost nothing that was measured here.",
        Sentences(Perplexity("wanda-0.3", 1.01), Facts("wanda-0.3", 0.98, 0.98), Read("wanda-0.3", 0.98, 0.98))[0]);

    [Fact]
    public void Sentences_Noisy_DoesNotCallAFallALossThatChanceExplains() => Assert.StartsWith(
        "No task lost more than 5 %",
        Sentences(Perplexity("wanda-0.3", 1.01), Facts("wanda-0.3", 0.5, 0.45) with { P = 0.2 }, Read("wanda-0.3", 0.5, 0.52) with { P = 0.7 })[0], StringComparison.Ordinal);

    [Fact]
    public void Sentences_ATaskRises_SaysSo() => Assert.Contains(
        "facts even rose with wanda-0.3, from 50 % to 70 % (p < 0.001), where perplexity falls by 1 %",
        Sentences(Perplexity("wanda-0.3", 0.99), Facts("wanda-0.3", 0.5, 0.7), Read("wanda-0.3", 0.9, 0.9))[0], StringComparison.Ordinal);

    [Fact]
    public void Sentences_DenseGuesses_LeavesTheTaskOut() => Assert.Empty(
        Sentences(Perplexity("wanda-0.3", 1.5), Facts("wanda-0.3", 0.26, 0.2) with { Chance = 0.25 }));

    [Fact]
    public void Sentences_NoPerplexity_AreNone() => Assert.Empty(Sentences(Facts("wanda-0.3", 0.9, 0.2)));

    private static IReadOnlyList<string> Sentences(params Comparison[] comparisons) => new Verdict(comparisons).Sentences();

    private static Comparison Perplexity(string variant, double ratio) =>
        new(variant, "perplexity", "perplexity", HigherIsBetter: false, null, 24, 4, 4 * ratio, ratio, new Interval(ratio - 0.01, ratio + 0.01), 0, 0);

    private static Comparison Facts(string variant, double dense, double value) => Task(variant, "facts", dense, value);

    private static Comparison Read(string variant, double dense, double value) => Task(variant, "read", dense, value);

    private static Comparison Task(string variant, string task, double dense, double value) =>
        new(variant, task, "exact_match", HigherIsBetter: true, null, 200, dense, value, value / dense, new Interval(value / dense - 0.05, value / dense + 0.05), 0, 0)
        {
            P = Math.Abs(dense - value) > 0.04 ? 0.0001 : 1,
        };
}
