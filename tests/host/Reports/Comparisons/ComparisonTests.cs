using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class ComparisonTests
{
    [Theory]
    [InlineData(0.97, 1.01, nameof(Match.Matching))]
    [InlineData(0.95, 1.01, nameof(Match.Matching))]
    [InlineData(0.90, 0.99, nameof(Match.Undecided))]
    [InlineData(0.80, 0.94, nameof(Match.Not))]
    public void Within_HigherIsBetter_FollowsTheInterval(double low, double high, string match) =>
        Assert.Equal(Enum.Parse<Match>(match), Accuracy(low, high).Within(0.05));

    [Theory]
    [InlineData(0.99, 1.04, nameof(Match.Matching))]
    [InlineData(1.02, 1.20, nameof(Match.Undecided))]
    [InlineData(1.06, 1.20, nameof(Match.Not))]
    public void Within_LowerIsBetter_CountsTheRise(double low, double high, string match) =>
        Assert.Equal(Enum.Parse<Match>(match), (Accuracy(low, high) with { HigherIsBetter = false }).Within(0.05));

    [Fact]
    public void Within_WiderTolerance_IsMetEarlier() =>
        Assert.Equal([Match.Not, Match.Undecided, Match.Undecided, Match.Matching],
            Comparison.Tolerances.Select(Accuracy(0.92, 0.98).Within));

    [Theory]
    [InlineData(0.24, nameof(Match.Uninformative))]
    [InlineData(0.26, nameof(Match.Matching))]
    public void Within_DenseNotAboveChance_SaysNothing(double denseLow, string match) =>
        Assert.Equal(Enum.Parse<Match>(match), (Accuracy(0.99, 1.01) with { Chance = 0.25, DenseLow = denseLow }).Within(0.05));

    [Fact]
    public void Within_NoNumber_DoesNotMatch() =>
        Assert.Equal(Match.Not, (Accuracy(double.NaN, double.NaN) with { Ratio = double.NaN }).Within(0.1));

    [Fact]
    public void Breaches_KeepsTooLittle_NamesItWithNumbers() => Assert.Equal(
        ["wanda-0.5/facts: exact_match is 0.4 beside 0.5 of the dense model: 80.0 % is kept, and 95 % is required.",
         "wanda-0.5/facts: perplexity is 8 beside 0.5 of the dense model: more than all is lost, and 95 % is required."],
        RecoveryGate.Breaches([Accuracy(0.9, 1), Accuracy(0.9, 1) with { Ratio = 0.8, Value = 0.4 },
            Accuracy(0, 0) with { Metric = "perplexity", HigherIsBetter = false, Value = 8, Ratio = 16 }], 0.95, "the dense model"));

    [Fact]
    public void Breaches_NothingCanBeLost_SaysThatNothingCouldBeJudged() => Assert.Equal(
        ["wanda-0.5/facts: nothing could be judged: exact_match of the dense model is 0.5, which is not known to be above chance (0.6). "
            + "Ask more questions, or leave the task out.",
         "wanda-0.5/facts: nothing could be judged: exact_match of the dense model is 0, of which nothing can be lost. Ask more questions, "
             + "or leave the task out.",
         "wanda-0.5/facts: nothing could be judged: exact_match of the dense model is NaN, of which nothing can be lost. Ask more "
             + "questions, or leave the task out."],
        RecoveryGate.Breaches([Accuracy(0.9, 1) with { Chance = 0.6 }, Accuracy(0.9, 1) with { Dense = 0, Ratio = double.NaN },
            Accuracy(0.9, 1) with { Dense = double.NaN }], 0.95, "the dense model"));

    [Fact]
    public void Missing_NoComparison_SaysThatNothingCouldBeJudged()
    {
        Assert.Equal(["wanda-0.5/other: nothing could be judged: it or the dense model has no finite score, or failed."],
            RecoveryGate.Missing([("wanda-0.5", "facts"), ("wanda-0.5", "other")], [Accuracy(1, 1)]));
        Assert.Equal(["nothing could be judged: no compressed variant was asked for in a task that recovery holds for."],
            RecoveryGate.Missing([], []));
    }

    private static Comparison Accuracy(double low, double high) =>
        new("wanda-0.5", "facts", "exact_match", true, null, 200, 0.5, 0.5, 1, new Interval(low, high), 0, 0) { DenseLow = 0.45 };
}
