using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Runs.Records;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Work;

/// <summary>A judge of one sample whose replies are kept as they arrive, and not asked for again.</summary>
/// <param name="judge">Is asked.</param>
/// <param name="store">Keeps the replies.</param>
/// <param name="scope">Who judges which sample.</param>
internal sealed class KeepingJudge(ILanguageModel judge, ReplyStore store, string scope) : ILanguageModel
{
    private readonly Dictionary<string, int> asked = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public ModelDescription Description => judge.Description;

    /// <inheritdoc/>
    public ITokenizer? Tokenizer => judge.Tokenizer;

    /// <inheritdoc/>
    public ITransformer? Transformer => judge.Transformer;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Response> AnswerAsync(IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var keys = requests.Select(KeyOf).ToList();
        var open = new List<int>();
        foreach (var (i, key) in keys.Index())
            if (store.Find(key) is { } kept)
                yield return kept with { Index = i };
            else
                open.Add(i);
        if (open.Count == 0)
            yield break;
        await foreach (var answer in judge.AnswerAsync([.. open.Select(i => requests[i])], progress, cancellationToken)
            .ConfigureAwait(false))
        {
            var reply = answer is GenerateResponse written
                && requests[open[answer.Index]] is GenerateRequest request ? Reasoning.Find(request, written, Tokenizer) : answer;
            store.Add(keys[open[reply.Index]], reply);
            Failpoint.Pass("reply");
            yield return reply with { Index = open[reply.Index] };
        }
    }

    /// <summary>The judge serves others too.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The same question asked again is another one: how far the replies differ may be what is measured.</summary>
    private string KeyOf(Request request)
    {
        var question = Fingerprint.Of(new JsonObject
        {
            ["scope"] = scope,
            ["request"] = JsonSerializer.SerializeToNode(request, RunJson.Line),
            ["messages"] = JsonSerializer.SerializeToNode((request as GenerateRequest)?.Prompt.Messages, RunJson.Line),
        });
        var before = asked.GetValueOrDefault(question);
        asked[question] = before + 1;
        return $"{question}/{before}";
    }
}
