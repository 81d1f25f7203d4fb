using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Testing;

/// <summary>Runs tasks as the host does, without a host.</summary>
public static class TaskRun
{
    // A dialogue has a few; a task that never ends must not hang the test.
    private const int MostTurns = 100;

    /// <summary>A task's samples.</summary>
    /// <param name="task">The task.</param>
    /// <param name="context">Tokenizer, context length and seed.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    public static async Task<IReadOnlyList<Sample>> ListSamplesAsync(this ITask task, TaskContext context,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        var samples = new List<Sample>();
        await foreach (var sample in task.SamplesAsync(context, cancellationToken).ConfigureAwait(false))
            samples.Add(sample);
        return samples;
    }

    /// <summary>Asks a model about one sample until nothing is left to ask.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sample">One of its samples.</param>
    /// <param name="model">Answers.</param>
    /// <param name="reference">What the dense variant was asked and answered; null on the dense variant itself.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    /// <returns>Everything asked and answered.</returns>
    /// <exception cref="InvalidOperationException">The task is still asking after a hundred turns.</exception>
    public static async Task<IReadOnlyList<Exchange>> AskAsync(this ITask task, Sample sample, ILanguageModel model,
        IReadOnlyList<Exchange>? reference = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(task);
        ArgumentNullException.ThrowIfNull(model);
        var exchanges = new List<Exchange>();
        for (var turn = 0; turn < MostTurns; turn++)
        {
            if (task.Next(sample, exchanges, reference) is not { Count: > 0 } requests)
                return exchanges;
            var responses = new Response[requests.Count];
            await foreach (var response in model.AnswerAsync(requests, null, cancellationToken).ConfigureAwait(false))
                responses[response.Index] = response;
            exchanges.AddRange(requests.Zip(responses, (request, response) => new Exchange(request, response)));
        }
        throw new InvalidOperationException(
            $"The task still asks about sample '{sample?.Id}' after {MostTurns} turns: Next must become empty.");
    }

    /// <summary>Asks a model about one sample and scores it.</summary>
    /// <param name="task">The task.</param>
    /// <param name="sample">One of its samples.</param>
    /// <param name="model">Answers.</param>
    /// <param name="reference">What the dense variant was asked and answered; null on the dense variant itself.</param>
    /// <param name="cancellationToken">Stops asking and scoring.</param>
    public static async Task<Scores> AskAndScoreAsync(this ITask task, Sample sample, ILanguageModel model,
        IReadOnlyList<Exchange>? reference = null, CancellationToken cancellationToken = default)
    {
        var exchanges = await task.AskAsync(sample, model, reference, cancellationToken).ConfigureAwait(false);
        return await task.ScoreAsync(sample, exchanges, TestContexts.Scoring() with { Reference = reference }, cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Runs a whole task.</summary>
    /// <param name="task">The task.</param>
    /// <param name="model">Answers.</param>
    /// <param name="context">Tokenizer, context length and seed.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>Its metrics.</returns>
    public static async Task<IReadOnlyList<Metric>> RunAsync(this ITask task, ILanguageModel model, TaskContext context,
        CancellationToken cancellationToken = default)
    {
        var scores = new List<Scores>();
        foreach (var sample in await task.ListSamplesAsync(context, cancellationToken).ConfigureAwait(false))
            scores.Add(await task.AskAndScoreAsync(sample, model, null, cancellationToken).ConfigureAwait(false));
        return task.Aggregate(scores);
    }
}
