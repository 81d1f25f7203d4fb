using LlmKick.Sdk.Models;
using LlmKick.Sdk.Testing;
using Xunit;

namespace Contoso.Plugin_1.Tests;

public sealed class MinimalPairsTests
{
    [Fact]
    public async Task Run_ModelThatLikesShortSentences_IsRightWhereTheGoodOneIsShort()
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("pairs.jsonl", """
            {"phenomenon": "article", "good": "A day.", "bad": "An day."}
            {"phenomenon": "agreement", "good": "She works.", "bad": "She work."}
            """);
        await using var model = new ScriptedModel((index, request) =>
            new RollingResponse(index, [.. ((RollingRequest)request).Tokens.Skip(1).Select(_ => -1f)]));

        var metrics = await new MinimalPairs(new MinimalPairsOptions { Path = path })
            .RunAsync(model, TestContexts.Task(), TestContext.Current.CancellationToken);

        Assert.Equal([("accuracy", 0.5), ("accuracy/article", 1), ("accuracy/agreement", 0)],
            metrics.Select(metric => (metric.Name, metric.Value)));
    }
}
