using System.Text.Json;
using LlmKick.Perplexity;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.Perplexity;

public sealed class PerplexityTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Aggregate_UnequalWindows_MeanOverPredictions()
    {
        var options = new PerplexityOptions { Text = folder.Write("text.txt", "abcdef"), Window = 4, Stride = 2 };
        var task = new PerplexityTask(options);
        var scores = new List<Scores>();
        foreach (var window in await TaskRun.Samples<WindowSample>(task, TaskRun.Context()))
            scores.Add(await TaskRun.Score(task, window, request => Answer((RollingRequest)request)));
        var metric = Assert.Single(task.Aggregate(scores));
        Assert.Equal([3, 2], scores.Select(s => s.Weight));
        Assert.Equal("perplexity", metric.Name);
        // 'b', 'c', 'd' cost 1 nat and 'e', 'f' cost 2.
        Assert.Equal(Math.Exp(7 / 5.0), metric.Value, 1e-6);
        Assert.Equal(2, metric.N);
    }

    [Fact]
    public void Aggregate_GoldenWindows_GoldenPerplexity()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/dense.json")));
        var scores = golden.RootElement.GetProperty("window_nll").EnumerateArray()
            .Select(nll => new Scores(new Dictionary<string, double> { ["nll"] = nll.GetDouble() }) { Weight = 1023 }).ToList();
        var metric = Assert.Single(new PerplexityTask(new PerplexityOptions()).Aggregate(scores));
        Assert.Equal(1, metric.Value / golden.RootElement.GetProperty("ppl").GetDouble(), 1e-6);
        Assert.InRange(metric.Value, metric.Low, metric.High);
        Assert.InRange(metric.High / metric.Low, 1.1, 1.4);
    }

    [Fact]
    public async Task Samples_WikiText_FirstWindowIsTheGoldenStart()
    {
        var options = new PerplexityOptions { Text = SharedData.Require("data/wikitext-2/test.txt"), Window = 1024, Limit = 32 };
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/wikitext-tokens.json")));
        var windows = await TaskRun.Samples<WindowSample>(new PerplexityTask(options), TaskRun.Context(SmolLm2.Tokenizer));
        Assert.Equal(32, windows.Count);
        Assert.Equal(golden.RootElement.GetProperty("test").GetProperty("first").EnumerateArray().Select(id => id.GetInt32()),
            windows[0].Tokens.Take(32));
        Assert.All(windows, window => Assert.Equal((1024, 1), (window.Tokens.Count, window.ScoreFrom)));
    }

    private static RollingResponse Answer(RollingRequest request) =>
        new(0, [.. request.Tokens.Skip(request.ScoreFrom).Select(token => token >= 'e' ? -2f : -1f)]);
}
