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
        var settings = new OpenAIClientOptions
        {
            Endpoint = new Uri(options.Url),
            NetworkTimeout = TimeSpan.FromSeconds(options.Timeout),
            RetryPolicy = new ClientRetryPolicy(options.Retries),
        };
        settings.AddPolicy(new AnswerGuard(), PipelinePosition.PerTry);
        client = new ChatClient(options.Model, new ApiKeyCredential(key ?? NoKey), settings);
    }

    public ModelDescription Description { get; }

    public ITokenizer? Tokenizer => null;

    public ITransformer? Transformer => null;

    public async IAsyncEnumerable<Response> AnswerAsync(
        IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // What is under way has been paid for: when one fails or all is to stop, it has the time that one answer may take.
        using var grace = new CancellationTokenSource();
        using var stopped = stop.Token.Register(() => grace.CancelAfter(TimeSpan.FromSeconds(options.Timeout)));
        var answers = requests.Select((request, index) => AnswerAsync(index, request, stop.Token, grace.Token)).ToList();
        Task? failed = null;
        try
        {
            await foreach (var answer in Task.WhenEach(answers).ConfigureAwait(false))
                if (answer.IsCompletedSuccessfully)
                    yield return await answer.ConfigureAwait(false);
                else
                {
                    failed = failed is null || failed.IsCanceled ? answer : failed;
                    await stop.CancelAsync().ConfigureAwait(false);
                }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await ((Task)Task.WhenAll(answers)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await (failed ?? Task.CompletedTask).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync()
    {
        places.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <param name="begin">Cancelled where nothing more is to be asked.</param>
    /// <param name="finish">Cancelled where what was asked is not waited for any longer.</param>
    private async Task<Response> AnswerAsync(int index, Request request, CancellationToken begin, CancellationToken finish)
    {
        var asked = request as GenerateRequest
            ?? throw new LlmKickException($"endpoint: '{options.Model}' writes answers; probabilities cannot be asked of it.");
        await places.WaitAsync(begin).ConfigureAwait(false);
        try
        {
            using var body = BinaryContent.Create(BinaryData.FromString(CompletionRequest.Of(asked, options).ToJsonString()));
            var reply = await client.CompleteChatAsync(body, new RequestOptions { CancellationToken = finish })
                .ConfigureAwait(false);
            return Answer(index, Completion.Read(reply.GetRawResponse().Content));
        }
        catch (Exception exception) when (exception is ClientResultException or AggregateException or HttpRequestException or IOException
            || (exception is TaskCanceledException && !finish.IsCancellationRequested))
        {
            throw Fault(ServerFault.Of(exception, options));
        }
        finally
        {
            places.Release();
        }
    }

    private GenerateResponse Answer(int index, Completion completion) => completion.Fault is { } fault
        ? throw Fault(fault)
        : new(index, [], completion.Text, completion.Finish,
            []) { Usage = completion.Usage is { } usage ? usage with { Cost = Cost(usage) } : null };

    private double? Cost(TokenUsage usage) => (usage.Input * options.InputPrice + usage.Output * options.OutputPrice) / PricedTokens;

    private LlmKickException Fault(ServerFault fault) =>
        new($"endpoint: {options.Url} gave no answer of '{options.Model}': {fault.Tell(key)}");
}
