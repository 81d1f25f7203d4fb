using LlmKick.Kick.Instruct;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.Instruct;

public sealed class InstructTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Next_SecondTurn_SeesTheFirstAnswer()
    {
        var task = new InstructTask(Options());
        var prompts = new List<string>();
        await TaskRun.Score(task, (await Samples(task))[0], request =>
        {
            prompts.Add(((GenerateRequest)request).Prompt.Text);
            return Answer($" answer {prompts.Count} ");
        });
        Assert.Equal(["USER: q1 ASSISTANT:", "USER: q1 ASSISTANT: answer 1</s>USER: q2 ASSISTANT:"], prompts);
    }

    [Fact]
    public async Task Score_AnswersWithReasoning_AreWhatFollowsIt()
    {
        var task = new InstructTask(Options());
        var prompts = new List<string>();
        var answers = new Queue<GenerateResponse>([
            Answer("<think>so</think>One two.") with { Reasoning = new ReasoningPart(17, IsFinished: true) { Tokens = 5 } },
            Answer("<think>so and so") with { Reasoning = new ReasoningPart(16, IsFinished: false) { Tokens = 7 } }]);
        var scores = await TaskRun.Score(task, (await Samples(task))[0], request =>
        {
            prompts.Add(((GenerateRequest)request).Prompt.Text);
            return answers.Dequeue();
        });
        Assert.Equal("USER: q1 ASSISTANT: One two.</s>USER: q2 ASSISTANT:", prompts[1]);
        Assert.Equal((1, 6, 1, 1), (scores.Values["unique_tokens"], scores.Values["reasoning_tokens"], scores.Values["unfinished"],
            scores.Values["empty_answer"]));
        Assert.Equal([6.0, 1.0], task.Aggregate([scores]).Where(metric => metric.Name is "reasoning_tokens" or "unfinished")
            .Select(metric => metric.Value));
    }

    [Fact]
    public async Task Score_MeansOverTurns_AndReference()
    {
        var task = new InstructTask(Options()
            with { References = folder.Write("r.jsonl", """{"question_id": 81, "choices": [{"turns": ["one two", "three"]}]}""") });
        var sample = (await Samples(task))[0];
        var answers = new Queue<GenerateResponse>([Answer("One two one two."), new(0, [], "", FinishReason.Length, [])]);
        var scores = await TaskRun.Score(task, sample, _ => answers.Dequeue());
        Assert.Equal((1.0, 0.0, 1.0, 1.0, 0.0), (scores.Values["unique_tokens"], scores.Values["repetition_rate"],
            scores.Values["empty_answer"], scores.Values["unfinished_answer"], scores.Values["window_exceeded"]));
        Assert.Equal(1.0 / 3, scores.Values["reference_rougeL"], 1e-12);
        Assert.Equal(["writing"], scores.Groups);
        Assert.Equal("one two\n\nthree", sample.Target);
    }

    [Fact]
    public async Task Next_SecondTurnOverTheWindow_IsFlagged()
    {
        var task = new InstructTask(Options() with { MaxNewTokens = 30 });
        var sample = (await TaskRun.Samples<InstructSample>(task, TaskRun.Context(contextLength: 60)))[0];
        var scores = await TaskRun.Score(task, sample, _ => Answer("a long answer of some words"));
        Assert.Equal((1, 6), (scores.Values["window_exceeded"], scores.Values["unique_tokens"]));
    }

    [Theory]
    [InlineData("data/instruct/question.jsonl", null, 80, 1, 9)]
    [InlineData("data/mt-bench/question.jsonl", "data/mt-bench/reference-gpt-4.jsonl", 80, 2, 8)]
    public async Task Samples_RealQuestions_AllAreThere(string questions, string? references, int count, int turns, int categories)
    {
        var path = SharedData.Require(questions);
        var task =
            new InstructTask(new InstructOptions { Path = path, References = references is null ? null : SharedData.Require(references) });
        var samples = await Samples(task);
        Assert.Equal((count, categories), (samples.Count, samples.Select(sample => sample.Conversation.Category).Distinct().Count()));
        Assert.All(samples, sample => Assert.Equal(turns, sample.Conversation.Questions.Count));
        string[] withReference = references is null ? [] : ["reasoning", "math", "coding"];
        Assert.Equal(withReference, samples.Where(sample => sample.Conversation.References.Count == turns)
            .Select(sample => sample.Conversation.Category).Distinct());
    }

    [Fact]
    public async Task Samples_CategoriesAndLimit_AreOfEachCategory()
    {
        var task = new InstructTask(
            new InstructOptions { Path = SharedData.Require("data/mt-bench/question.jsonl"), Categories = ["math", "stem"], Limit = 2 });
        Assert.Equal(["math", "math", "stem", "stem"], (await Samples(task)).Select(sample => sample.Conversation.Category));
    }

    private InstructOptions Options() => new()
    {
        Path = folder.Write("q.jsonl", """{"question_id": 81, "category": "writing", "turns": ["q1", "q2"]}"""),
        Chat = new ChatOptions { Template = "vicuna" },
    };

    private static GenerateResponse Answer(string text) => new(0, [], text, FinishReason.EndOfText, []);

    private static Task<List<InstructSample>> Samples(InstructTask task) => TaskRun.Samples<InstructSample>(task, TaskRun.Context());
}
