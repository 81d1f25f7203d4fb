using LlmKick.Kick.Mmlu;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.Mmlu;

public sealed class MmluScorerTests
{
    [Theory]
    [InlineData(" B", 1, 1, 0)]
    // One written character decides: what is no letter is wrong, whatever the letters' probabilities.
    [InlineData("\n", 1, 0, 1)]
    [InlineData("", 1, 0, 1)]
    [InlineData("B.", 1, 0, 1)]
    [InlineData(" b", 1, 0, 1)]
    // Any token that ends in the letter counts.
    [InlineData(" WEB", 1, 1, 0)]
    [InlineData(" A", 1, 0, 0)]
    public void Score_WrittenToken_BothWays(string written, double strict, double paper, double formatFailure)
    {
        var scores = MmluScorer.Score("anatomy", "B", new ChooseResponse(0, [-3, -1, -2, -4], 0, written)).Values;
        Assert.Equal((strict, paper, formatFailure), (scores["accuracy.strict"], scores["accuracy.paper"], scores["format_failure"]));
    }

    [Theory]
    [InlineData("A", 1)]
    [InlineData("B", 0)]
    public void Score_EqualLetters_FirstCounts(string letter, double strict) =>
        Assert.Equal(strict, MmluScorer.Score("anatomy", letter, new ChooseResponse(0, [-1, -1, -2, -2], 0, " A"))
            .Values["accuracy.strict"]);

    [Theory]
    [InlineData("A", 0)]
    [InlineData("C", 0)]
    public void Score_NotANumber_NoLetterIsRight(string letter, double strict) =>
        Assert.Equal(strict, MmluScorer.Score("anatomy", letter, new ChooseResponse(0, [.. Enumerable.Repeat(double.NaN, 4)], 0, "!"))
            .Values["accuracy.strict"]);
}
