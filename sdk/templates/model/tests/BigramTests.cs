using LlmKick.Sdk.Models;
using LlmKick.Sdk.Testing;
using Xunit;

namespace Contoso.Plugin_1.Tests;

public sealed class BigramTests
{
    [Fact]
    public async Task Answer_TextOfTwoLetters_IsWhatCountingSays()
    {
        using var folder = new TemporaryFolder();
        var loader = new BigramLoader(new BigramOptions { Text = folder.Write("text.txt", "ababac"), Smoothing = 1 });
        await using var model = loader.Load(TestContexts.Load(), TestContext.Current.CancellationToken);

        var answers = new List<Response>();
        await foreach (var answer in model
            .AnswerAsync([new RollingRequest(['a', 'b', 'a', 'c'])], null, TestContext.Current.CancellationToken))
            answers.Add(answer);

        // After a: b twice, c once. After b: a twice. One is added to each of 256 counts.
        double[] expected = [Math.Log(3.0 / 259), Math.Log(3.0 / 258), Math.Log(2.0 / 259)];
        Assert.Equal(expected, ((RollingResponse)Assert.Single(answers)).LogProbabilities.Select(value => (double)value),
            (a, b) => Math.Abs(a - b) < 1e-6);
    }
}
