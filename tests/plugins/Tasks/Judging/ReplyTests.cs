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
    [InlineData("Assistant 1: 6/10\nAssistant 2: 8/10\n\nIn the end:\nAssistant 1: 6/10\nAssistant 2: 8/10", 6, 8)]
    [InlineData("Assistant 1 receives a score of 10 for this, while Assistant 2 receives a score of 1.", 10, 1)]
    public void Pair_EveryForm_IsRead(string reply, double first, double second) =>
        Assert.Equal(new ScorePair(first, second), StrictReply.Pair(reply));

    [Theory]
    [InlineData("")]
    [InlineData("error")]
    [InlineData("Both are good.")]
    [InlineData("85 90")]
    [InlineData("8")]
    [InlineData("8 9 7")]
    [InlineData("The distance of (2, 3) and (10, 4) is 8.")]
    [InlineData("-1 -1")]
    [InlineData("1 11")]
    [InlineData("Assistant 1: 7/10\nAssistant 2: 8/10\n\nIn the end:\nAssistant 1: 6/10\nAssistant 2: 8/10")]
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
    [InlineData("First [[A]], but my final verdict is: **[[B]]**", 0.0, 1.0)]
    [InlineData("[[B]]\n\nAssistant B says more.", 0.0, 1.0)]
    [InlineData("[[A]] since it is right.", 1.0, 0.0)]
    [InlineData("\"[[A]]\" is what I would write if A were better. Verdict: [[B]]", 0.0, 1.0)]
    [InlineData("[[C]].", 0.5, 0.5)]
    public void Verdict_Anchored_IsRead(string reply, double first, double second) =>
        Assert.Equal(new ScorePair(first, second), StrictReply.Verdict(reply));

    [Theory]
    [InlineData("[A]")]
    [InlineData("Assistant A is better.")]
    [InlineData("[[D]]")]
    [InlineData("")]
    [InlineData("First [[A]], but no: [[B]]")]
    [InlineData("[[A]]\n[[B]]")]
    [InlineData("I cannot say whether it is [[A]]")]
    [InlineData("You asked for \"[[A]]\"")]
    [InlineData("> Verdict: [[A]]")]
    public void Verdict_InNone_IsNull(string reply) => Assert.Null(StrictReply.Verdict(reply));

    [Theory]
    [InlineData("It is good. Rating: [[7]]", 7.0)]
    [InlineData("**Rating:** [[7]]", 7.0)]
    [InlineData("It says [[1]] and [[2]].\n\nMy rating is [[4.5]], for style.", 4.5)]
    [InlineData("On a scale of [[1]] to [[10]] it is fair.\nRating: [[6]]", 6.0)]
    [InlineData("Rating: [[6/10]]", 6.0)]
    [InlineData("Rating: [[6]]\nIn short, the rating is [[6]].", 6.0)]
    [InlineData("Good.\n[[9]]", 9.0)]
    [InlineData("I would give it [[8]].", 8.0)]
    [InlineData("Rating: [6]", 6.0)]
    [InlineData("As in [1] and [2].\nRating: [6]", 6.0)]
    [InlineData("As in [1].", null)]
    [InlineData("First [[3]], then again [[4.5]]", null)]
    [InlineData("Rating: [[3]]\nRating: [[4]]", null)]
    [InlineData("The form is \"Rating: [[5]]\".", null)]
    [InlineData("The format is Rating: [[5]]", null)]
    [InlineData("I cannot give a rating such as [[5]]", null)]
    [InlineData("I won't rate this.", null)]
    [InlineData("Rating: [[11]]", null)]
    [InlineData("Rating: [[0]]", null)]
    [InlineData("Rating: 6", null)]
    public void Rating_AnchoredMark_IsRead(string reply, double? expected) => Assert.Equal(expected, StrictReply.Rating(reply));
}
