using LlmKick.Perplexity.Divergence;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Tasks.Divergence;

public sealed class DivergenceTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Aggregate_UnequalWindows_CountsTokensAlike()
    {
        var task = new DivergenceTask(new DivergenceOptions { Text = folder.Write("text.txt", "abcdefgh"), Window = 4 });
        var samples = await TaskRun.Samples<Sample>(task, TaskRun.Context());
        Assert.Equal(2, samples.Count);
        var scores = new[]
        {
            await Score(task, samples[0],
                new DivergenceResponse(0, [0.1f, 0.2f, 0.3f], [0.9f, 0.8f, 0.7f], [true, true, false], [0.1f, -0.2f, 0])),
            await Score(task, samples[1], new DivergenceResponse(0, [1], [0.2f], [false], [-0.5f])),
        };
        var metrics = task.Aggregate(scores).ToDictionary(metric => metric.Name, metric => metric.Value);
        Assert.Equal(task.Metrics.Select(metric => metric.Name), metrics.Keys);
        Assert.Equal(2.0 / 4, metrics["top1_agreement"], 1e-6);
        Assert.Equal(1.6 / 4, metrics["kl"], 1e-6);
        Assert.Equal(0.25, metrics["kl.p50"], 1e-6);
        Assert.Equal(1, metrics["kl.max"], 1e-6);
        Assert.Equal(2.6 / 4, metrics["ear"], 1e-6);
        Assert.Equal(-0.6 / 4, metrics["delta_p"], 1e-6);
        Assert.Equal(Math.Sqrt((0.01 + 0.04 + 0.25) / 4), metrics["delta_p.rms"], 1e-6);
    }

    [Fact]
    public async Task Next_Answers_AreTheDenseModelsOwn()
    {
        var task = new DivergenceTask(new DivergenceOptions { On = DivergenceSource.Answers,
            Path = folder.Write("own.csv", "question\nwho\n"), Prompt = "Q: {question}\n", MaxNewTokens = 9 });
        var sample = Assert.Single(await TaskRun.Samples<Sample>(task, TaskRun.Context()));

        var asked = Assert.IsType<GenerateRequest>(Assert.Single(task.Next(sample, [])));
        Assert.Equal(("Q: who\n", 9), (asked.Prompt.Text, asked.MaxNewTokens));
        List<Exchange> dense = [new Exchange(asked, new GenerateResponse(0, [65, 66], "AB", FinishReason.Length, []))];
        var compared = Assert.IsType<DivergenceRequest>(Assert.Single(task.Next(sample, dense)));
        Assert.Equal([.. asked.Prompt.Tokens, 65, 66], compared.Tokens);
        Assert.Equal(asked.Prompt.Tokens.Count, compared.ScoreFrom);
        dense.Add(new Exchange(compared, new DivergenceResponse(0, [0, 0], [1, 1], [true, true], [0, 0])));
        Assert.Empty(task.Next(sample, dense));

        var there = Assert.IsType<DivergenceRequest>(Assert.Single(task.Next(sample, [], dense)));
        Assert.Equal(compared.Tokens, there.Tokens);
        Assert.Empty(task.Next(sample, [new Exchange(there, dense[1].Response)], dense));
    }

    [Fact]
    public void Validate_WhatIsMissing_IsNamed()
    {
        Assert.Equal(["text"], new DivergenceOptions().Validate().Select(fault => fault.Key));
        Assert.Equal(["path", "prompt"], new DivergenceOptions { On = DivergenceSource.Answers }.Validate().Select(fault => fault.Key));
        Assert.Empty(new DivergenceOptions { Text = "text.txt" }.Validate());
    }

    private static async Task<Scores> Score(DivergenceTask task, Sample sample, Response response) => await task.ScoreAsync(
        sample, [new Exchange(Assert.Single(task.Next(sample, [])), response)], new ScoringContext { Logger = NullLogger.Instance },
        TestContext.Current.CancellationToken);
}
