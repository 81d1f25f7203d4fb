using LlmKick.Reports.Comparisons;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class VerdictTests
{
    [Fact]
    public void Sentences_KnowledgeFallsWherePerplexityStays_NamesTheHiddenLoss()
    {
        var sentences = Sentences(Perplexity("wanda-0.5", 1.03), Facts("wanda-0.5", 0.98, 0.6), Read("wanda-0.5", 0.98, 0.97));
        Assert.Equal("Perplexity hides a loss: with wanda-0.5 it rises by 3 %, yet facts falls from 98 % to 60 % (p < 0.001).",
            sentences[0]);
        Assert.StartsWith("The tasks do not fall alike: with wanda-0.5, facts keeps 61.2 % [56.2 %, 66.2 %] of the dense model's score and "
            + "read 99 % [", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_Reversed_SaysThatPerplexityMovesFirst()
    {
        var sentences = Sentences(
            Perplexity("wanda-0.2", 1), Sure(Facts("wanda-0.2", 0.98, 0.98)), Perplexity("wanda-0.3", 1.2), Facts("wanda-0.3", 0.98, 0.97),
            Read("wanda-0.3", 0.98, 0.98),
            Perplexity("wanda-0.5", 1.5), Facts("wanda-0.5", 0.98, 0.95), Read("wanda-0.5", 0.98, 0.5));
        Assert.Equal(
            "Perplexity does not hide the loss here: no task lost more than 5 % where perplexity rose by less than that; "
            + "the first that is known to lose is read, with wanda-0.5, where perplexity rises by 50 % and read falls from 98 % to 50 % (p "
            + "< 0.001).", sentences[0]);
        Assert.Contains("with wanda-0.5, read keeps 51 % [", sentences[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Sentences_PerplexityRisesAndNoTaskFalls_SaysThatItExaggerates()
    {
        var sentences = Sentences(Perplexity("wanda-0.5", 1.4), Sure(Facts("wanda-0.5", 0.98, 0.98)), Sure(Read("wanda-0.5", 0.98, 0.97)));
        Assert.Equal("No task lost more than 5 %: all intervals, of 200 questions or more, are within that, though perplexity rises by 40 "
            + "% with wanda-0.5: it tells of a loss that these tasks do not have.", sentences[0]);
        Assert.Equal("Whether the tasks fall alike cannot be told: at no setting do two of them part by more than these questions' noise.",
            sentences[1]);
    }

    [Fact]
    public void Sentences_Flat_SaysThatLittleWasLost() => Assert.Equal(
        "No task lost more than 5 %: all intervals, of 200 questions or more, are within that, and perplexity rises by 1 % at most "
            + "(wanda-0.3): these settings cost less than 5 % of what was measured here.",
        Sentences(Perplexity("wanda-0.3", 1.01), Sure(Facts("wanda-0.3", 0.98, 0.98)), Sure(Read("wanda-0.3", 0.98, 0.98)))[0]);

    [Fact]
    public void Sentences_FlatWithFewWindows_DoesNotTellOfPerplexity() => Assert.Equal(
        "No task lost more than 5 %: all intervals, of 200 questions or more, are within that; perplexity rises by 1 % with wanda-0.3, "
            + "to 101 % [80 %, 130 %] of the dense model's, and 24 windows are too few to tell whether by more than 5 %.",
        Assert.Single(Sentences(Perplexity("wanda-0.3", 1.01) with { Interval = new Interval(0.8, 1.3) },
            Sure(Facts("wanda-0.3", 0.98, 0.98)))));

    [Fact]
    public void Sentences_SixQuestionsHalfLost_AreTooFewToTell() => Assert.Equal(
        "Too few questions (6) to tell whether facts loses more than 5 % with magnitude-0.5: 50 % [14 %, 108 %] of the dense model's "
            + "score is kept; "
        + "about 1,600 would tell, if nothing is lost and as many answers turn right or wrong as here (50 %).",
        Assert.Single(Sentences(Perplexity("magnitude-0.5", 1.024),
            Facts("magnitude-0.5", 1, 0.5) with { Samples = 6, Lost = 3, P = 0.25, Interval = new Interval(0.14, 1.08) })));

    [Fact]
    public void Sentences_SixQuestionsAndPerplexityRises_DoesNotSayThatItExaggerates() => Assert.StartsWith(
        "Too few questions (6) to tell whether facts loses more than 5 % with magnitude-0.5: ",
        Assert.Single(Sentences(Perplexity("magnitude-0.5", 1.4), Facts("magnitude-0.5", 0.667, 0.167) with { Samples = 6, Lost = 3,
            P = 0.25, Interval = new Interval(0, 1.2) })), StringComparison.Ordinal);

    [Fact]
    public void Sentences_OneSettingOpen_IsNotToldAsNoLoss() => Assert.StartsWith(
        "Too few questions (200) to tell whether read loses more than 5 % with wanda-0.5: ",
        Sentences(Perplexity("wanda-0.3", 1), Sure(Facts("wanda-0.3", 0.9, 0.9)), Perplexity("wanda-0.5", 1),
            Read("wanda-0.5", 0.9, 0.88) with { Lost = 4 })[0], StringComparison.Ordinal);

    [Fact]
    public void Sentences_LostWherePerplexityIsUnknown_SaysThatItCannotBeTold() => Assert.Equal(
        "facts falls from 98 % to 60 % with wanda-0.5 (p < 0.001); whether perplexity hides that loss cannot be told: it rises by 3 %, to "
            + "103 % [90 %, 120 %] of the dense model's, and 24 windows are too few.",
        Assert.Single(Sentences(Perplexity("wanda-0.5", 1.03) with { Interval = new Interval(0.9, 1.2) }, Facts("wanda-0.5", 0.98, 0.6))));

    [Fact]
    public void Sentences_LostAndNoSettingWithoutRise_SaysThatPerplexityShowsIt() => Assert.Equal(
        "Perplexity shows a loss here: the first that is known to lose is facts, with wanda-0.5, where perplexity rises by 50 % and facts "
            + "falls from 98 % to 60 % (p < 0.001).",
        Assert.Single(Sentences(Perplexity("wanda-0.5", 1.5), Facts("wanda-0.5", 0.98, 0.6))));

    [Fact]
    public void Sentences_ChanceExplainsAllAmongMany_SaysSo() => Assert.StartsWith(
        "Too few questions (200) to tell whether facts loses more than 5 % with wanda-0.3 by chance among so many comparisons: ",
        Assert.Single(Sentences(Perplexity("wanda-0.3", 1.01), Facts("wanda-0.3", 0.5, 0.4) with { P = 0.2 })), StringComparison.Ordinal);

    [Fact]
    public void Sentences_ATaskRises_SaysSo() => Assert.Equal(
        "facts even rose with wanda-0.3, from 50 % to 70 % (p < 0.001), where perplexity falls by 1 %.",
        Sentences(Perplexity("wanda-0.3", 0.99), Facts("wanda-0.3", 0.5, 0.7), Read("wanda-0.3", 0.9, 0.9))[0]);

    [Fact]
    public void Sentences_LossWithinTheSpreadOfSeeds_IsNotToldAsALoss() => Assert.Equal(
        "facts falls from 90 % to 80 % with wanda-s2 (p < 0.001), but between seeds it differs by 12 points: that is no less than the "
            + "difference of 10 points, which is not told as a loss.",
        Assert.Single(Sentences(Perplexity("wanda-s1", 1), Perplexity("wanda-s2", 1),
            Sure(Facts("wanda-s1", 0.9, 0.92)) with { Group = "wanda" }, Facts("wanda-s2", 0.9, 0.8) with { Group = "wanda" })));

    [Fact]
    public void Sentences_LossWithinTheSpreadOfTaskSeeds_IsNotToldAsALoss() => Assert.Contains(
        "between seeds it differs by 12 points",
        Assert.Single(Sentences(Perplexity("wanda", 1), Sure(Task("wanda", "facts-s1", 0.9, 0.92)) with { TaskGroup = "facts" },
            Task("wanda", "facts-s2", 0.9, 0.8) with { TaskGroup = "facts" }), one => one.StartsWith("facts", StringComparison.Ordinal)),
        StringComparison.Ordinal);

    [Fact]
    public void Sentences_LossBeyondTheSpreadOfSeeds_IsALoss() => Assert.StartsWith(
        "Perplexity hides a loss: with wanda-s2",
        Assert.Single(Sentences(Perplexity("wanda-s1", 1), Perplexity("wanda-s2", 1), Facts("wanda-s1", 0.9, 0.7) with { Group = "wanda" },
            Facts("wanda-s2", 0.9, 0.6) with { Group = "wanda" })), StringComparison.Ordinal);

    [Fact]
    public void Sentences_PerplexityWithinTheSpreadOfSeeds_SaysSo() => Assert.Equal(
        ["Perplexity rises by 0.7 % with gptq-s2, and differs by 1.5 % of the dense model's between seeds: the difference is not larger "
            + "than theirs."],
        Sentences(Perplexity("gptq-s1", 0.992) with { Group = "gptq" }, Perplexity("gptq-s2", 1.007) with { Group = "gptq" },
            Sure(Facts("gptq-s1", 0.9, 0.9)), Sure(Facts("gptq-s2", 0.9, 0.9))).Skip(1));

    [Fact]
    public void Sentences_PerplexityBeyondTheSpreadOfSeeds_AreSilentOfIt() => Assert.Single(
        Sentences(Perplexity("gptq-s1", 1.02) with { Group = "gptq" }, Perplexity("gptq-s2", 1.03) with { Group = "gptq" },
            Sure(Facts("gptq-s1", 0.9, 0.9)), Sure(Facts("gptq-s2", 0.9, 0.9))));

    [Theory]
    [InlineData(0.5, 0.05, 1600)] // 0.5 · (2.8016 / 0.05)² = 1569.8
    [InlineData(0.02, 0.05, 73)] // 62.8 by disagreement; 1.96² · 19 = 72.99 where nothing differs
    [InlineData(0.1, 0.04, 500)] // 490.6
    public void QuestionsNeeded_IsTheNormalApproximation(double disagreement, double difference, int questions) =>
        Assert.Equal(questions, QuestionsNeeded.For(disagreement, difference));

    [Fact]
    public void Sentences_DenseGuesses_LeavesTheTaskOut() => Assert.Empty(
        Sentences(Perplexity("wanda-0.3", 1.5), Facts("wanda-0.3", 0.26, 0.2) with { Chance = 0.25 }));

    [Fact]
    public void Sentences_NoPerplexity_AreNone() => Assert.Empty(Sentences(Facts("wanda-0.3", 0.9, 0.2)));

    private static IReadOnlyList<string> Sentences(params Comparison[] comparisons) => new Verdict(comparisons).Sentences();

    private static Comparison Perplexity(string variant, double ratio) =>
        new(variant, "perplexity", "perplexity", HigherIsBetter: false, null, 24, 4, 4 * ratio, ratio,
            new Interval(ratio - 0.01, ratio + 0.01), 0, 0);

    private static Comparison Sure(Comparison one) => one with { Interval = new Interval(one.Ratio - 0.02, one.Ratio + 0.02) };

    private static Comparison Facts(string variant, double dense, double value) => Task(variant, "facts", dense, value);

    private static Comparison Read(string variant, double dense, double value) => Task(variant, "read", dense, value);

    private static Comparison Task(string variant, string task, double dense, double value) =>
        new(variant, task, "exact_match", HigherIsBetter: true, null, 200, dense, value, value / dense,
            new Interval(value / dense - 0.05, value / dense + 0.05), 0, 0)
        {
            P = Math.Abs(dense - value) > 0.04 ? 0.0001 : 1,
        };
}
