using System.ClientModel;
using System.ClientModel.Primitives;
using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using OpenAI;
using OpenAI.Chat;

namespace LlmKick.Endpoint;

/// <summary>Sends conversations to a server, some at a time.</summary>
internal sealed class EndpointModel : ILanguageModel
{
    private const string NoKey = "none";
    private const double PricedTokens = 1e6;

    private readonly EndpointOptions options;
    private readonly string? key;
    private readonly ChatClient client;
    private readonly SemaphoreSlim places;

    public EndpointModel(EndpointOptions options, string? key, ModelDescription description)
    {
        (this.options, this.key, Description, places) = (options, key, description, new SemaphoreSlim(options.Concurrency));
        client = new ChatClient(options.Model, new ApiKeyCredential(key ?? NoKey), new OpenAIClientOptions
        {
            Endpoint = new Uri(options.Url),
            NetworkTimeout = TimeSpan.FromSeconds(options.Timeout),
            RetryPolicy = new ClientRetryPolicy(options.Retries),
        });
    }

    public ModelDescription Description { get; }

    public ITokenizer? Tokenizer => null;

    public ITransformer? Transformer => null;

    public async IAsyncEnumerable<Response> AnswerAsync(
        IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var answers = requests.Select((request, index) => AnswerAsync(index, request, stop.Token)).ToList();
        try
        {
            await foreach (var answer in Task.WhenEach(answers).ConfigureAwait(false))
                yield return await answer.ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(answers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public ValueTask DisposeAsync()
    {
        places.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<Response> AnswerAsync(int index, Request request, CancellationToken cancellationToken)
    {
        var asked = request as GenerateRequest ?? throw new LlmKickException($"endpoint: '{options.Model}' writes answers; probabilities cannot be asked of it.");
        await places.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var completion = await client.CompleteChatAsync(ChatMessages.Of(asked.Prompt), Settings(asked), cancellationToken).ConfigureAwait(false);
            return Answer(index, completion.Value);
        }
        catch (Exception exception) when (exception is ClientResultException or AggregateException or HttpRequestException || (exception is TaskCanceledException && !cancellationToken.IsCancellationRequested))
        {
            throw new LlmKickException($"endpoint: {options.Url} gave no answer of '{options.Model}': {Told(exception)}");
        }
        finally
        {
            places.Release();
        }
    }

    private ChatCompletionOptions Settings(GenerateRequest request)
    {
        var settings = new ChatCompletionOptions { Temperature = (float)options.Temperature, MaxOutputTokenCount = request.MaxNewTokens };
        foreach (var stop in request.Stop)
            settings.StopSequences.Add(stop);
        return settings;
    }

    private GenerateResponse Answer(int index, ChatCompletion completion) => new(
        index, [], string.Concat(completion.Content.Select(part => part.Text)),
        completion.FinishReason == ChatFinishReason.Length ? FinishReason.Length : FinishReason.EndOfText, [])
    {
        Usage = completion.Usage is { } usage ? new TokenUsage(usage.InputTokenCount, usage.OutputTokenCount) { Cost = Cost(usage) } : null,
    };

    private double? Cost(ChatTokenUsage usage) => (usage.InputTokenCount * options.InputPrice + usage.OutputTokenCount * options.OutputPrice) / PricedTokens;

    /// <summary>What went wrong, in a line, without the key: servers repeat it.</summary>
    private string Told(Exception exception)
    {
        var message = ((exception as AggregateException)?.InnerExceptions[^1] ?? exception).Message.ReplaceLineEndings(" ").Trim();
        return key is null ? message : message.Replace(key, "***", StringComparison.Ordinal);
    }
}
