using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Tasks;

/// <summary>Runs a task with answers that a test writes.</summary>
internal static class TaskRun
{
    public static TaskContext Context(ITokenizer? tokenizer = null, int contextLength = 8192, int seed = 0) => new()
    {
        Tokenizer = tokenizer ?? new CharacterTokenizer(),
        ContextLength = contextLength,
        Seed = seed,
        Logger = NullLogger.Instance,
    };

    public static async Task<List<TSample>> Samples<TSample>(ITask task, TaskContext context) where TSample : Sample
    {
        var samples = new List<TSample>();
        await foreach (var sample in task.SamplesAsync(context, TestContext.Current.CancellationToken))
            samples.Add((TSample)sample);
        return samples;
    }

    /// <summary>Asks until nothing is left to ask, then scores.</summary>
    public static async Task<Scores> Score(ITask task, Sample sample, Func<Request, Response> answer)
    {
        var exchanges = new List<Exchange>();
        for (var requests = task.Next(sample, exchanges); requests.Count > 0; requests = task.Next(sample, exchanges))
            exchanges.AddRange(requests.Select(request => new Exchange(request, answer(request))));
        return await task.ScoreAsync(sample, exchanges, new ScoringContext { Logger = NullLogger.Instance },
            TestContext.Current.CancellationToken);
    }
}
