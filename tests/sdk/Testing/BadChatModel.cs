using System.Runtime.CompilerServices;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Testing.Conformance;

namespace LlmKick.Tests.Testing;

/// <summary>How a model without tokens can be wrong.</summary>
public enum ChatFault { None, OneHashForAll, AnswersTheText, MixesAnswersUp, MakesProbabilitiesUp, IgnoresCancellation, ShowsATokenizer }

/// <summary>Options of a chat model with a fault.</summary>
public sealed record BadChatOptions
{
    [Option("Whose answers are wanted.")]
    public string Model { get; init; } = "a";

    [Option("What is wrong with it.")]
    public ChatFault Fault { get; init; }
}

/// <summary>Answers with the last message, with a fault.</summary>
internal sealed class BadChatModel(BadChatOptions options) : IModelLoader, ILanguageModel
{
    public ModelDescription Description { get; } =
        new() { Name = "echo", Architecture = "none", ParameterCount = 0, ContextLength = 100, DataType = "unknown", Device = "here" };

    public ITokenizer? Tokenizer => options.Fault == ChatFault.ShowsATokenizer ? ByteTokenizer.Instance : null;

    public ITransformer? Transformer => null;

    public ModelIdentity Identify(CancellationToken cancellationToken) =>
        new(options.Fault == ChatFault.OneHashForAll ? "0" : options.Model, "", "echo", [], 0, 0, 100);

    public ITokenizer LoadTokenizer() => throw new LlmKickException("echo: only the server has a tokenizer; name another model.");

    public ILanguageModel Load(ModelLoadContext context, CancellationToken cancellationToken) => this;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public async IAsyncEnumerable<Response> AnswerAsync(IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var (i, request) in requests.Index())
        {
            if (options.Fault != ChatFault.IgnoresCancellation)
                cancellationToken.ThrowIfCancellationRequested();
            yield return Answer(options.Fault == ChatFault.MixesAnswersUp ? requests.Count - 1 - i : i, request);
        }
    }

    private Response Answer(int index, Request request) => request switch
    {
        GenerateRequest { Prompt: var prompt } => new GenerateResponse(index, [], options.Fault == ChatFault.AnswersTheText ? prompt.Text
            : prompt.Messages?[^1].Content ?? prompt.Text, FinishReason.EndOfText, []),
        _ when options.Fault == ChatFault.MakesProbabilitiesUp => new RollingResponse(index, [-1]),
        _ => throw new LlmKickException("echo: probabilities are not to be had; ask for answers."),
    };
}

/// <summary>The suite on a chat model with a fault.</summary>
internal sealed class BadChatSuite(ChatFault fault) : ChatModelConformance<BadPlugin>
{
    protected override string Name => "bad-chat";

    protected override object Options(string model) => new BadChatOptions { Model = model, Fault = fault };
}
