using LlmKick.Kick.Judging;

namespace LlmKick.Tests.Tasks.Judging;

public sealed class ReplyTests
{
    [Theory]
    [InlineData("8 9", 8, 9)]
    [InlineData("  8.5, 9 \nwords", 8.5, 9)]
    [InlineData("(8, 9)", 8, 9)]
    [InlineData("Reasons.\n(8, 9.5)\nMore reasons.", 8, 9.5)]
    [InlineData("The points (2, 3) and (10, 4). So the scores are (7, 5).", 7, 5)]
    [InlineData("Assistant 1: 7/10\nAssistant 2: 8/10\n\nIn the end:\nAssistant 1: 6/10\nAssistant 2: 8/10", 6, 8)]
    [InlineData("Assistant 1 receives a score of 10 for this, while Assistant 2 receives a score of 1.", 10, 1)]
    public void Pair_EveryForm_IsRead(string reply, double first, double second) => Assert.Equal(new ScorePair(first, second), StrictReply.Pair(reply));

    [Theory]
    [InlineData("")]
    [InlineData("error")]
    [InlineData("Both are good.")]
    [InlineData("85 90")]
    [InlineData("8")]
    [InlineData("8 9 7")]
    [InlineData("The distance of (2, 3) and (10, 4) is 8.")]
    [InlineData("-1 -1")]
    public void Pair_NoScores_IsNull(string reply) => Assert.Null(StrictReply.Pair(reply));

    [Theory]
    [InlineData("8  9")]
    [InlineData("8, 9")]
    [InlineData("(8, 9)")]
    [InlineData("\n8 9")]
    public void Pair_PapersQuirks_AreDropped(string reply)
    {
        Assert.Null(PaperReply.Pair(reply));
        Assert.NotNull(StrictReply.Pair(reply.Trim()));
    }

    [Fact]
    public void FourPairs_LabelsAndBlankLines_StrictAlone()
    {
        const string reply = "Coherence: 8 7\n\nConsistency: 9 8\nFluency: 9 9\nRelevance: 8 8.5\nReasons.";
        Assert.Null(PaperReply.FourPairs(reply));
        Assert.Equal([new(8, 7), new(9, 8), new(9, 9), new(8, 8.5)], StrictReply.FourPairs(reply)!);
        Assert.Null(StrictReply.FourPairs("8 7\n9 8\n9 9\nReasons."));
    }

    [Theory]
    [InlineData("A is better. [[A]]", 1.0, 0.0)]
    [InlineData("First [[A]], but no: [[B]]", 0.0, 1.0)]
    [InlineData("[[C]].", 0.5, 0.5)]
    public void Verdict_InBrackets(string reply, double first, double second) => Assert.Equal(new ScorePair(first, second), StrictReply.Verdict(reply));

    [Theory]
    [InlineData("[A]")]
    [InlineData("Assistant A is better.")]
    [InlineData("[[D]]")]
    [InlineData("")]
    public void Verdict_InNone_IsNull(string reply) => Assert.Null(StrictReply.Verdict(reply));

    [Theory]
    [InlineData("It is good. Rating: [[7]]", 7.0)]
    [InlineData("First [[3]], then again [[4.5]]", 4.5)]
    [InlineData("Rating: [6]", 6.0)]
    [InlineData("Rating: [[11]]", null)]
    [InlineData("Rating: 6", null)]
    public void Rating_InBrackets(string reply, double? expected) => Assert.Equal(expected, StrictReply.Rating(reply));
}
