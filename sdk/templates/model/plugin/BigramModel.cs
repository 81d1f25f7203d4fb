using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace Contoso.Plugin_1;

/// <summary>
/// Answers requests from counts. A model computed with tensors gives an <see cref="IDecoder"/> to <see cref="LocalLanguageModel"/> instead,
/// which answers and batches for it, and an <see cref="ITransformer"/>, which can be compressed.
/// </summary>
internal sealed class BigramModel(string name, Bigrams bigrams) : ILanguageModel
{
    public const int ContextLength = 1 << 16;
    private readonly ByteTokenizer tokenizer = new();

    public ModelDescription Description { get; } = new()
    {
        Name = name, Architecture = "bigram", ParameterCount = Bigrams.ParameterCount, ContextLength = ContextLength, DataType = "float32",
        Device = "cpu",
    };

    public ITokenizer Tokenizer => tokenizer;

    /// <summary>None: there are no weights to compress.</summary>
    public ITransformer? Transformer => null;

    public async IAsyncEnumerable<Response> AnswerAsync(
        IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask.ConfigureAwait(false);
        for (var index = 0; index < requests.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return Answer(index, requests[index]);
            progress?.Report(new ProgressUpdate(Description.Name, index + 1, requests.Count, "request"));
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Response Answer(int index, Request request) => request switch
    {
        RollingRequest rolling =>
            new RollingResponse(index, [.. LogProbabilities(Fitting(rolling.Tokens), rolling.ScoreFrom).Select(value => (float)value)]),
        ChooseRequest choose => Choose(index, Fitting(choose.Context.Tokens), choose.Continuations),
        GenerateRequest generate => new Generation(bigrams, tokenizer, generate).Answer(index, Fitting(generate.Prompt.Tokens)),
        _ => throw new LlmKickException($"A bigram model cannot answer a {request.GetType().Name}; leave the task out that asks it."),
    };

    private ChooseResponse Choose(int index, IReadOnlyList<int> context, IReadOnlyList<Prompt> continuations)
    {
        var best = bigrams.BestAfter(context[^1]).Best;
        var sums = continuations.Select(continuation => LogProbabilities(Fitting([context[^1], .. continuation.Tokens]), 1).Sum());
        return new ChooseResponse(index, [.. sums], best, tokenizer.Decode([best]));
    }

    private IEnumerable<double> LogProbabilities(IReadOnlyList<int> tokens, int from) =>
        Enumerable.Range(from, tokens.Count - from).Select(i => bigrams.LogProbability(tokens[i - 1], tokens[i]));

    private static IReadOnlyList<int> Fitting(IReadOnlyList<int> tokens) => tokens.Count <= ContextLength
        ? tokens
        : throw new LlmKickException($"A request has {tokens.Count} tokens, over the model's context of {ContextLength}; shorten it.");
}
