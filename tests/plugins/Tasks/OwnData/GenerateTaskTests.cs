using LlmKick.OwnData.Generate;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.OwnData;

public sealed class GenerateTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Score_NearestReference_AndGroups()
    {
        var task = new GenerateTask(
            Options("""{"body": "b", "gold": ["x y", "one two"], "topic": "t"}""") with { Reference = "gold", Group = "topic" });
        var sample = Assert.Single(await TaskRun.Samples<GenerateSample>(task, TaskRun.Context()));
        var scores = await TaskRun.Score(task, sample, _ => new GenerateResponse(0, [], "One two, one two.", FinishReason.Length, []));
        Assert.Equal(2.0 / 3, scores.Values["rougeL"], 1e-12);
        Assert.Equal((2, 0, 0, 1), (scores.Values["unique_tokens"], scores.Values["repetition_rate"], scores.Values["empty_answer"],
            scores.Values["unfinished_answer"]));
        Assert.Contains("rougeL/t", task.Aggregate([scores]).Select(metric => metric.Name));
    }

    [Fact]
    public async Task Metrics_NoReference_NoRouge()
    {
        var task = new GenerateTask(Options("""{"body": "b"}"""));
        var sample = Assert.Single(await TaskRun.Samples<GenerateSample>(task, TaskRun.Context()));
        Assert.Equal("Go on: b", ((GenerateRequest)Assert.Single(task.Next(sample, []))).Prompt.Text);
        Assert.DoesNotContain("rougeL", task.Metrics.Select(metric => metric.Name));
    }

    [Fact]
    public async Task Samples_EmptyReference_IsRefusedByLine()
    {
        var task = new GenerateTask(Options("""{"body": "b", "gold": []}""") with { Reference = "gold" });
        var error = await Assert.ThrowsAsync<LlmKickException>(() => TaskRun.Samples<GenerateSample>(task, TaskRun.Context()));
        Assert.Contains("own.jsonl:1", error.Message, StringComparison.Ordinal);
    }

    private GenerateOptions Options(string content) => new() { Path = folder.Write("own.jsonl", content), Prompt = "Go on: {body}" };
}
