using LlmKick.Kick.Instruct;
using LlmKick.Kick.Judging;
using LlmKick.Kick.Summarization;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.Judging;

public sealed class JudgedTaskTests
{
    [Fact]
    public async Task Instruct_BesideABaseline_BothPositionsAreAsked()
    {
        using var table = new JudgeTable { Baseline = "base" };
        var scores = await table.Score(table.Instruct(JudgeTable.Paper), index => index == 0 ? "9 7\nReasons."
            : "6.5/10 for Assistant 1, 8/10 for Assistant 2.");
        Assert.Equal(["Q q1 1 base 2 mine Rate {both}.", "Q q1 1 mine 2 base Rate {both}."], table.Asked);
        Assert.Equal((6.75, 7, 8.5, 0), (scores.Values["judge.strict"], scores.Values["judge.paper"], scores.Values["judge.baseline"],
            scores.Values["judge.unparsable"]));
        Assert.Equal((0, 1), (scores.Values["judge.win_rate"], scores.Values["judge.position_consistency"]));
        Assert.Equal(["9 7\nReasons.", "6.5/10 for Assistant 1, 8/10 for Assistant 2."], scores.JudgeReplies.Select(reply => reply.Text));
        Assert.All(scores.JudgeReplies, reply => Assert.Equal((true, new TokenUsage(100, 10)), (reply.IsRead, reply.Usage)));
    }

    [Fact]
    public async Task Instruct_UnreadableReply_IsCountedAndNotAveraged()
    {
        using var table = new JudgeTable { Baseline = "base" };
        var half = await table.Score(table.Instruct(JudgeTable.Paper), index => index == 0 ? "error" : "6 8");
        Assert.Equal((6, 1, false, false), (half.Values["judge.strict"], half.Values["judge.unparsable"],
            half.Values.ContainsKey("judge.paper"), half.Values.ContainsKey("judge.win_rate")));
        Assert.Equal([false, true], half.JudgeReplies.Select(reply => reply.IsRead));
        var none = await table.Score(table.Instruct(JudgeTable.Paper), _ => "I cannot say.");
        Assert.Equal((1, false), (none.Values["judge.unparsable"], none.Values.ContainsKey("judge.strict")));
    }

    [Fact]
    public async Task Instruct_MtBenchsPrompts_RateEachTurnWithItsReference()
    {
        using var table = new JudgeTable { Turns = """["q1", "q2"]""", References = """["r1", "r2"]""" };
        var scores = await table.Score(table.Instruct(JudgeTable.MtBench), index => index == 0 ? "Rating: [[4]]" : "Rating: [[7]]");
        Assert.Equal((5.5, 0), (scores.Values["judge.strict"], scores.Values["judge.unparsable"]));
        Assert.Contains("[The Start of Reference Answer]\nr1\n", table.Asked[0], StringComparison.Ordinal);
        Assert.Contains("### User:\nq2\n\n### Assistant A:\nmine\n", table.Asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain("{", table.Asked[0] + table.Asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instruct_PairwisePromptsWithoutBaseline_SaysWhatToGive()
    {
        using var table = new JudgeTable();
        var error = await Assert.ThrowsAsync<LlmKickException>(() => table.Score(table.Instruct(JudgeTable.Paper), _ => ""));
        Assert.Contains("give `baseline`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summarization_FourAspects()
    {
        using var table = new JudgeTable { Baseline = "base" };
        var task = table.Summarization();
        var scores = await table.Score(task, index => index == 0 ? "8 7\n8 6\n9 9\n8 5\nReasons." : "7 8\n6 8\n9 9\n6 8");
        Assert.True(task.NeedsJudge);
        Assert.Equal((7, 7, 6, 9, 5.5, 5),
            (scores.Values["judge.coherence.paper"], scores.Values["judge.coherence.strict"], scores.Values["judge.consistency.strict"],
            scores.Values["judge.fluency.strict"], scores.Values["judge.relevance.strict"], scores.Values["judge.relevance.paper"]));
        Assert.Equal((0.125, 1), (scores.Values["judge.win_rate"], scores.Values["judge.position_consistency"]));
        Assert.StartsWith("Q Sum up.\n\nStory. 1 base 2 mine", table.Asked[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_WhatDoesNotGoTogether_IsRefused()
    {
        Assert.Equal(["baseline", "noise_floor"],
            new InstructOptions { Path = "q", Baseline = JudgedOptions.Dense, NoiseFloor = true }.Validate().Select(fault => fault.Key));
        Assert.Equal(["judge_prompts"], new SummarizationOptions { Path = "q", JudgePrompts = "p" }.Validate().Select(fault => fault.Key));
        Assert.Empty(new InstructOptions { Path = "q", JudgePrompts = "p" }.Validate());
    }
}
