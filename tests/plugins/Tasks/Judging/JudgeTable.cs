using LlmKick.Kick.Instruct;
using LlmKick.Kick.Summarization;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Tasks.Judging;

/// <summary>One question, a model that answers <c>mine</c>, and a judge that says what a test says.</summary>
internal sealed class JudgeTable : IDisposable
{
    /// <summary>A prompt as the paper's, for two scores.</summary>
    public const string Paper = """{"prompt_id": 1, "system_prompt": "Be helpful.", "prompt_template": "Q {question} 1 {answer_1} 2 {answer_2} {prompt}", "defaults": {"prompt": "Rate {both}."}, "category": "general"}""";

    private readonly TemporaryFolder folder = new();

    /// <summary>What the judge was asked.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>The turns, in JSON.</summary>
    public string Turns { get; init; } = """["q1"]""";

    /// <summary>Reference answers of the turns, in JSON.</summary>
    public string? References { get; init; }

    /// <summary>The answer of a file to compare with, or <c>dense</c>.</summary>
    public string? Baseline { get; init; }

    /// <summary>Whether the judge's noise is measured.</summary>
    public bool NoiseFloor { get; init; }

    /// <summary>MT-Bench's prompts.</summary>
    public static string MtBench => File.ReadAllText(SharedData.Require("data/mt-bench/judge_prompts.jsonl"));

    /// <summary>The task, with its files.</summary>
    public InstructTask Instruct(string prompts) => new(new InstructOptions
    {
        Path = folder.Write("q.jsonl", $$"""{"question_id": 1, "category": "math", "turns": {{Turns}}}"""),
        References = References is null ? null
            : folder.Write("r.jsonl", $$"""{"question_id": 1, "choices": [{"turns": {{References}}}]}"""),
        JudgePrompts = folder.Write("p.jsonl", prompts),
        Baseline = Baseline is null or "dense" ? Baseline : folder.Write("b.jsonl", $$"""{"question_id": 1, "text": "{{Baseline}}"}"""),
        NoiseFloor = NoiseFloor,
    });

    /// <summary>A task of one story.</summary>
    public SummarizationTask Summarization() => new(new SummarizationOptions
    {
        Path = folder.Write("s.jsonl", """{"question_id": 5, "text": "Sum up.\n\nStory.", "category": "small"}"""),
        JudgePrompts = folder.Write("p.jsonl", Paper),
        Baseline = Baseline is "dense" ? Baseline : folder.Write("b.jsonl", $$"""{"question_id": 5, "text": "{{Baseline}}"}"""),
        NoiseFloor = NoiseFloor,
    });

    /// <summary>Asks model and judge.</summary>
    /// <param name="task">The task.</param>
    /// <param name="reply">What the judge says to its n-th question.</param>
    /// <param name="dense">What the dense variant answered; null on that variant itself.</param>
    public async Task<Scores> Score(ITask task, Func<int, string> reply, string? dense = null)
    {
        Asked.Clear();
        var sample = Assert.Single(await task.ListSamplesAsync(TestContexts.Task(), TestContext.Current.CancellationToken));
        await using var judge = new ScriptedModel((index, request) =>
        {
            Asked.Add(((GenerateRequest)request).Prompt.Messages![^1].Content);
            return new GenerateResponse(index, [], reply(Asked.Count - 1), FinishReason.EndOfText, []) { Usage = new TokenUsage(100, 10) };
        });
        var context = new ScoringContext { Logger = NullLogger.Instance, Judge = judge, Reference = dense is null ? null
            : await Exchanges(task, sample, dense) };
        return await task.ScoreAsync(sample, await Exchanges(task, sample, "mine"), context, TestContext.Current.CancellationToken);
    }

    public void Dispose() => folder.Dispose();

    private static async Task<IReadOnlyList<Exchange>> Exchanges(ITask task, Sample sample, string answer)
    {
        await using var model = new ScriptedModel((index, _) => new GenerateResponse(index, [], answer, FinishReason.EndOfText, []));
        return await LlmKick.Sdk.Testing.TaskRun.AskAsync(task, sample, model, null, TestContext.Current.CancellationToken);
    }
}
