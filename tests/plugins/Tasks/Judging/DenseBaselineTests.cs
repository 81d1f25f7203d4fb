using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.Judging;

/// <summary>Answers judged beside the dense variant's, and the dense variant's beside themselves.</summary>
public sealed class DenseBaselineTests
{
    private const string Turns = """["q1", "q2"]""";

    [Fact]
    public async Task Verdicts_EachTurnInBothPositions()
    {
        using var table = new JudgeTable { Turns = Turns, References = """["r1"]""", Baseline = "dense" };
        var task = table.Instruct(JudgeTable.MtBench);
        var scores = await table.Score(task, index => (string[])["It is [[A]] at first. My verdict: [[B]]", "[[A]]", "[[C]]", "[[B]]"]
            is var replies ? replies[index] : "", dense: "base");
        Assert.True(task.NeedsReference);
        Assert.Equal((0.75, 0.5, 0),
            (scores.Values["judge.win_rate"], scores.Values["judge.position_consistency"], scores.Values["judge.unparsable"]));
        Assert.False(scores.Values.ContainsKey("judge.strict"));
        Assert.Contains("[The Start of Reference Answer]\nr1\n", table.Asked[0], StringComparison.Ordinal);
        Assert.Contains("[The Start of Assistant A's Answer]\nbase\n", table.Asked[0], StringComparison.Ordinal);
        Assert.Contains("[The Start of Assistant A's Answer]\nmine\n", table.Asked[1], StringComparison.Ordinal);
        Assert.Contains("### Assistant A:\nbase\n\n### User:\nq2\n\n### Assistant A:\nbase\n", table.Asked[2], StringComparison.Ordinal);
        Assert.Contains("### Assistant B:\nbase\n\n### User:\nq2\n\n### Assistant B:\nbase\n", table.Asked[3], StringComparison.Ordinal);
        Assert.All(table.Asked, text => Assert.DoesNotContain("{", text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Verdicts_UnreadableReply_LeavesItsTurnOut()
    {
        using var table = new JudgeTable { Turns = Turns, Baseline = "dense" };
        var scores = await table.Score(table.Instruct(JudgeTable.MtBench), index => index == 0 ? "Both are good." : index == 1 ? "[[A]]"
            : index == 2 ? "[[B]]" : "[[A]]", dense: "base");
        Assert.Equal((1, 1, 1),
            (scores.Values["judge.win_rate"], scores.Values["judge.position_consistency"], scores.Values["judge.unparsable"]));
        Assert.Equal([false, true, true, true], scores.JudgeReplies.Select(reply => reply.IsRead));
    }

    [Fact]
    public async Task Dense_BesideItself_IsEvenAndNothingIsAsked()
    {
        using var table = new JudgeTable { Turns = Turns, Baseline = "dense" };
        var scores = await table.Score(table.Instruct(JudgeTable.MtBench), _ => "[[A]]");
        Assert.Equal(0.5, scores.Values["judge.win_rate"]);
        Assert.Empty(table.Asked);
        Assert.False(scores.Values.ContainsKey("judge.unparsable"));
    }

    [Fact]
    public async Task NoiseFloor_Verdicts_AreTheOnesThatNameAWinnerOfEqualAnswers()
    {
        using var table = new JudgeTable { Turns = Turns, Baseline = "dense", NoiseFloor = true };
        var task = table.Instruct(JudgeTable.MtBench);
        var scores = await table.Score(task, index => index == 0 ? "[[A]]" : "[[C]]");
        Assert.Equal((4, 0.25, 0.5, 0.5), (table.Asked.Count, scores.Values["judge.noise_floor"], scores.Values["judge.win_rate"],
            scores.Values["judge.position_consistency"]));
        Assert.Equal(table.Asked[0], table.Asked[1]);
        var elsewhere = await table.Score(task, _ => "[[C]]", dense: "base");
        Assert.False(elsewhere.Values.ContainsKey("judge.noise_floor"));
        Assert.Equal(0.25, Metric(task, "judge.noise_floor", scores, elsewhere).Value);
    }

    [Fact]
    public async Task NoiseFloor_Ratings_AreAskedTwice()
    {
        using var table = new JudgeTable { NoiseFloor = true };
        var task = table.Instruct(JudgeTable.MtBench);
        var scores = await table.Score(task, index => index == 0 ? "[[7]]" : "[[5.5]]");
        Assert.Equal((2, 7, 1.5), (table.Asked.Count, scores.Values["judge.strict"], scores.Values["judge.noise_floor"]));
        Assert.Equal("judge.strict", task.Metrics[0].Name);
        Assert.Single((await table.Score(task, _ => "[[7]]", dense: "base")).JudgeReplies);
    }

    [Fact]
    public async Task NoiseFloor_ScoresBesideAFile_ComeAfterThose()
    {
        using var table = new JudgeTable { Baseline = "base", NoiseFloor = true };
        var scores = await table.Score(table.Instruct(JudgeTable.Paper), index => index < 2 ? "9 7" : "8 6");
        Assert.Equal((4, 8, 2), (table.Asked.Count, scores.Values["judge.strict"], scores.Values["judge.noise_floor"]));
        Assert.Equal("Q q1 1 mine 2 mine Rate {both}.", table.Asked[3]);
    }

    [Fact]
    public async Task Summaries_BesideTheDenseOnes()
    {
        using var table = new JudgeTable { Baseline = "dense" };
        var task = table.Summarization();
        var scores = await table.Score(task, index => index == 0 ? "8 9\n8 9\n8 9\n8 9" : "9 8\n9 8\n9 8\n8 9", dense: "base");
        Assert.StartsWith("Q Sum up.\n\nStory. 1 base 2 mine", table.Asked[0], StringComparison.Ordinal);
        Assert.Equal((0.875, 0.75, 8.5),
            (scores.Values["judge.win_rate"], scores.Values["judge.position_consistency"], scores.Values["judge.relevance.strict"]));
        Assert.Equal("judge.win_rate", task.Metrics[0].Name);
        Assert.Equal(0.5, (await table.Score(task, _ => "")).Values["judge.win_rate"]);
    }

    private static Metric Metric(ITask task, string name, params Scores[] scores) => task.Aggregate(scores)
        .First(metric => metric.Name == name);
}
