using LlmKick.Kick.Instruct;
using LlmKick.Kick.Summarization;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Tasks.Judging;

public sealed class JudgedTaskTests : IDisposable
{
    private const string Pairwise = """{"prompt_id": 1, "system_prompt": "Be helpful.", "prompt_template": "Q {question} 1 {answer_1} 2 {answer_2} {prompt}", "defaults": {"prompt": "Rate {both}."}, "category": "general"}""";

    private readonly TemporaryFolder folder = new();
    private readonly List<string> asked = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Instruct_BesideABaseline_BothPositionsAreAsked()
    {
        var scores = await Instruct(Pairwise, "base", index => index == 0 ? "9 7\nReasons." : "6.5/10 for Assistant 1, 8/10 for Assistant 2.");
        Assert.Equal(["Q q1 1 base 2 mine Rate {both}.", "Q q1 1 mine 2 base Rate {both}."], asked);
        Assert.Equal((6.75, 7, 8.5, 0), (scores.Values["judge.strict"], scores.Values["judge.paper"], scores.Values["judge.baseline"], scores.Values["judge.unparsable"]));
        Assert.Equal(["9 7\nReasons.", "6.5/10 for Assistant 1, 8/10 for Assistant 2."], scores.JudgeReplies);
    }

    [Fact]
    public async Task Instruct_UnreadableReply_IsCountedAndNotAveraged()
    {
        var half = await Instruct(Pairwise, "base", index => index == 0 ? "error" : "6 8");
        Assert.Equal((6, 1, false), (half.Values["judge.strict"], half.Values["judge.unparsable"], half.Values.ContainsKey("judge.paper")));
        var none = await Instruct(Pairwise, "base", _ => "I cannot say.");
        Assert.Equal((1, false), (none.Values["judge.unparsable"], none.Values.ContainsKey("judge.strict")));
    }

    [Fact]
    public async Task Instruct_MtBenchsPrompts_GradeEachTurnWithItsReference()
    {
        var scores = await Instruct(File.ReadAllText(SharedData.Require("data/mt-bench/judge_prompts.jsonl")), null, index => index == 0 ? "Rating: [[4]]" : "Rating: [[7]]", """["q1", "q2"]""", "[\"r1\", \"r2\"]");
        Assert.Equal((5.5, 0), (scores.Values["judge.strict"], scores.Values["judge.unparsable"]));
        Assert.Contains("[The Start of Reference Answer]\nr1\n", asked[0], StringComparison.Ordinal);
        Assert.Contains("### User:\nq2\n\n### Assistant A:\nmine\n", asked[1], StringComparison.Ordinal);
        Assert.DoesNotContain("{", asked[0] + asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Instruct_PairwisePromptsWithoutBaseline_SaysWhatToGive()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Instruct(Pairwise, null, _ => ""));
        Assert.Contains("give `baseline`", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Summarization_FourAspects()
    {
        var task = new SummarizationTask(new SummarizationOptions
        {
            Path = folder.Write("s.jsonl", """{"question_id": 5, "text": "Sum up.\n\nStory.", "category": "small"}"""),
            JudgePrompts = folder.Write("p.jsonl", Pairwise),
            Baseline = folder.Write("b.jsonl", """{"question_id": 5, "text": "base"}"""),
        });
        var sample = Assert.Single(await TaskRun.Samples<SummarizationSample>(task, TaskRun.Context()));
        var scores = await Score(task, sample, index => index == 0 ? "8 7\n8 6\n9 9\n8 5\nReasons." : "7 8\n6 8\n9 9\n6 8");
        Assert.True(task.NeedsJudge);
        Assert.Equal((7, 7, 6, 9, 5.5, 5), (scores.Values["judge.coherence.paper"], scores.Values["judge.coherence.strict"], scores.Values["judge.consistency.strict"], scores.Values["judge.fluency.strict"], scores.Values["judge.relevance.strict"], scores.Values["judge.relevance.paper"]));
        Assert.StartsWith("Q Sum up.\n\nStory. 1 base 2 mine", asked[0], StringComparison.Ordinal);
    }

    private async Task<Scores> Instruct(string prompts, string? baseline, Func<int, string> reply, string turns = """["q1"]""", string? references = null)
    {
        var task = new InstructTask(new InstructOptions
        {
            Path = folder.Write("q.jsonl", $$"""{"question_id": 1, "category": "math", "turns": {{turns}}}"""),
            References = references is null ? null : folder.Write("r.jsonl", $$"""{"question_id": 1, "choices": [{"turns": {{references}}}]}"""),
            JudgePrompts = folder.Write("p.jsonl", prompts),
            Baseline = baseline is null ? null : folder.Write("b.jsonl", $$"""{"question_id": 1, "text": "{{baseline}}"}"""),
        });
        asked.Clear();
        return await Score(task, Assert.Single(await TaskRun.Samples<InstructSample>(task, TaskRun.Context())), reply);
    }

    private async Task<Scores> Score(ITask task, Sample sample, Func<int, string> reply)
    {
        await using var model = new ScriptedModel((index, _) => new GenerateResponse(index, [], "mine", FinishReason.EndOfText, []));
        await using var judge = new ScriptedModel((index, request) =>
        {
            asked.Add(((GenerateRequest)request).Prompt.Messages![^1].Content);
            return new GenerateResponse(index, [], reply(index), FinishReason.EndOfText, []);
        });
        var exchanges = await task.AskAsync(sample, model);
        return await task.ScoreAsync(sample, exchanges, new ScoringContext { Logger = NullLogger.Instance, Judge = judge }, TestContext.Current.CancellationToken);
    }
}
