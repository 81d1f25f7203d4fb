using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Runs.Work;

/// <summary>Asks a batch of samples until no sample has more to ask.</summary>
/// <param name="task">The task.</param>
/// <param name="model">Answers.</param>
/// <param name="prepare">Tells a request what only the host knows.</param>
/// <param name="answered">Told after each answer how many samples have all answers of this turn.</param>
internal sealed class BatchDialogue(ITask task, ILanguageModel model, Func<Request, Request> prepare, Action<int> answered)
{
    /// <summary>Asks everything.</summary>
    /// <param name="samples">The batch's samples.</param>
    /// <param name="first">For each its first requests.</param>
    /// <param name="references">For each what the dense variant answered, or null.</param>
    /// <param name="cancellationToken">Stops between the model's batches.</param>
    /// <returns>For each sample its exchanges.</returns>
    public async Task<IReadOnlyList<List<Exchange>>> AskAsync(IReadOnlyList<Sample> samples, IReadOnlyList<IReadOnlyList<Request>> first,
        IReadOnlyList<IReadOnlyList<Exchange>?> references, CancellationToken cancellationToken)
    {
        var exchanges = samples.Select(_ => new List<Exchange>()).ToList();
        for (var turn = first; turn.Any(requests => requests.Count > 0); turn =
            [.. samples.Select((sample, i) => turn[i].Count == 0 ? [] : TaskSamples.Next(task, sample, exchanges[i], references[i]))])
            await AskAsync(turn, exchanges, cancellationToken).ConfigureAwait(false);
        return exchanges;
    }

    private async Task AskAsync(IReadOnlyList<IReadOnlyList<Request>> turn, List<List<Exchange>> exchanges,
        CancellationToken cancellationToken)
    {
        var asked = turn.SelectMany((requests, sample) => requests.Select(request => (Sample: sample, Request: request))).ToList();
        var responses = new Response?[asked.Count];
        var open = turn.Select(requests => requests.Count).ToArray();
        await foreach (var response in model.AnswerAsync([.. asked.Select(one => prepare(one.Request))], null, cancellationToken)
            .ConfigureAwait(false))
        {
            responses[response.Index] = response is GenerateResponse written && asked[response.Index].Request is GenerateRequest request
                ? Reasoning.Find(request, written, model.Tokenizer) : response;
            open[asked[response.Index].Sample]--;
            answered(open.Count(left => left == 0));
        }
        for (var i = 0; i < asked.Count; i++)
            exchanges[asked[i].Sample].Add(new Exchange(asked[i].Request, responses[i]
                ?? throw new LlmKickException($"The model left request {i + 1} of {asked.Count} without an answer.")));
    }
}
