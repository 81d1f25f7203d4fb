using System.Text.Json.Nodes;
using LlmKick.Harness;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Tasks.Harness;

/// <summary>Runs the task as the host does, and gives what it wrote.</summary>
internal static class HarnessRun
{
    public static async Task<(List<JsonNode> Samples, JsonNode Results)> Files(HarnessOptions options, ITokenizer tokenizer, int length,
        Func<IReadOnlyList<Request>, Task<IReadOnlyList<Response>>> answer)
    {
        var task = new HarnessTask(options);
        var samples = await TaskRun.Samples<Sample>(task, TaskRun.Context(tokenizer, length));
        var requests = samples.ConvertAll(sample => task.Next(sample, []));
        var responses = await answer([.. requests.SelectMany(one => one)]);
        var done = new List<AnsweredSample>();
        var next = 0;
        foreach (var (sample, asked) in samples.Zip(requests))
        {
            List<Exchange> exchanges = [.. asked.Select(request => new Exchange(request, responses[next++]))];
            Assert.Empty(task.Next(sample, exchanges));
            done.Add(new AnsweredSample(sample, exchanges, await task.ScoreAsync(sample, exchanges,
                new ScoringContext { Logger = NullLogger.Instance }, TestContext.Current.CancellationToken)));
        }
        var metrics = task.Aggregate([.. done.Select(one => one.Scores)]);
        Assert.All(metrics, metric => Assert.Contains(metric.Name.Split('/')[0], task.Metrics.Select(one => one.Name)));
        var files = task.Files(done);
        return ([.. files[0].Lines.Select(line => JsonNode.Parse(line)!)], JsonNode.Parse(string.Join('\n', files[1].Lines))!);
    }
}
