using System.Text.Json;
using LlmKick.Kick.FreebaseQa;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.FreebaseQa;

public sealed class FreebaseQaTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Newline", "Please give answer to this question: Who?\nThe answer is ")]
    [InlineData("Space", "Please give answer to this question: Who? The answer is ")]
    public async Task Samples_Prompt_ReleasedForms(string form, string prompt)
    {
        var sample = Assert.Single(await Samples(Options("Who? | cher") with { Prompt = Enum.Parse<AnswerSeparator>(form) }));
        Assert.Equal(prompt, sample.Prompt.Text);
        Assert.Equal("0", sample.Id);
    }

    [Fact]
    public async Task Next_LongerQuestion_LongerAnswerAllowed()
    {
        var task = new FreebaseQaTask(Options("Who? | cher\nWho was it? | cher"));
        var samples = await TaskRun.Samples<FreebaseQaSample>(task, TaskRun.Context());
        var requests = samples.Select(sample => (GenerateRequest)Assert.Single(task.Next(sample, []))).ToList();
        Assert.All(requests, request => Assert.Equal(2 * request.Prompt.Tokens.Count, request.MaxNewTokens));
        Assert.All(requests, request => Assert.Empty(request.Stop));
        Assert.Equal(14, requests[1].MaxNewTokens - requests[0].MaxNewTokens);
    }

    [Fact]
    public async Task Next_FixedBudget_IsTheSameForAll()
    {
        var samples = await Samples(Options("Who? | cher\nWho was it? | cher") with { MaxNewTokens = 9 });
        Assert.Equal([9, 9], samples.Select(sample => sample.MaxNewTokens));
    }

    [Fact]
    public async Task Samples_NearFullContext_AnswerFits()
    {
        var sample = Assert.Single(await Samples(Options("Who? | cher"), 60));
        Assert.Equal(60, sample.Prompt.Tokens.Count + sample.MaxNewTokens);
        await Assert.ThrowsAsync<LlmKickException>(() => Samples(Options("Who? | cher"), sample.Prompt.Tokens.Count));
    }

    [Fact]
    public async Task Aggregate_Limit_AsManyAskedAsDividedBy()
    {
        var task = new FreebaseQaTask(Options("Who? | cher\nWho? | bono\nWho? | cher\nWho? | cher") with { Limit = 3 });
        var scores = new List<Scores>();
        foreach (var sample in await TaskRun.Samples<FreebaseQaSample>(task, TaskRun.Context()))
            scores.Add(await TaskRun.Score(task, sample, _ => new GenerateResponse(0, [], "Cher", FinishReason.EndOfText, [])));
        var metrics = task.Aggregate(scores);
        Assert.Equal(["accuracy.strict", "accuracy.paper"], metrics.Select(metric => metric.Name));
        Assert.All(metrics, metric => Assert.Equal((2 / 3.0, 3), (metric.Value, metric.N)));
    }

    [Fact]
    public async Task Score_GoldenOutputs_GoldenPromptLengthsAndMatches()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/freebaseqa-dense.json")));
        var expected = golden.RootElement.GetProperty("samples").EnumerateArray().ToList();
        var task =
            new FreebaseQaTask(new FreebaseQaOptions { Path = SharedData.Require("data/freebaseqa/eval.txt"), Limit = expected.Count });
        var samples = await TaskRun.Samples<FreebaseQaSample>(task, TaskRun.Context(SmolLm2.Tokenizer));
        Assert.Equal(40, samples.Count);
        foreach (var (sample, reference) in samples.Zip(expected))
        {
            int[] ids = [.. reference.GetProperty("output_ids").EnumerateArray().Select(id => id.GetInt32())];
            var output = SmolLm2.Tokenizer.Decode(ids, skipSpecial: true);
            var scores = await TaskRun.Score(task, sample, _ => new GenerateResponse(0, ids, output, FinishReason.EndOfText, []));
            Assert.Equal(reference.GetProperty("prompt_tokens").GetInt32(), sample.Prompt.Tokens.Count);
            Assert.Equal(reference.GetProperty("output").GetString(), output);
            Assert.Equal(reference.GetProperty("paper_match").GetBoolean(), scores.Values["accuracy.paper"] == 1);
            Assert.False(CandidateList.IsIn(output, []), output);
            Assert.InRange(ids.Length, 1, sample.MaxNewTokens);
        }
    }

    private FreebaseQaOptions Options(string content) => new() { Path = folder.Write("questions.txt", content) };

    private static Task<List<FreebaseQaSample>> Samples(FreebaseQaOptions options, int contextLength = 8192) =>
        TaskRun.Samples<FreebaseQaSample>(new FreebaseQaTask(options), TaskRun.Context(contextLength: contextLength));
}
