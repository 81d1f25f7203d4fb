using System.Runtime.CompilerServices;
using System.Threading.Channels;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>A language model computed in this process: it schedules requests over an <see cref="IDecoder"/>.</summary>
/// <remarks>Computation runs on <see cref="ComputeThread"/>; responses come out as batches are done.</remarks>
public sealed class LocalLanguageModel : ILanguageModel
{
    private readonly RequestScheduler scheduler;
    private readonly IDecoder decoder;
    private readonly IDisposable weights;

    /// <summary>Puts a model together.</summary>
    /// <param name="description">What it is.</param>
    /// <param name="tokenizer">Its tokenizer.</param>
    /// <param name="decoder">Prefill and step.</param>
    /// <param name="transformer">Its blocks, as compressors see them.</param>
    /// <param name="weights">Disposed with the model, on the compute thread.</param>
    public LocalLanguageModel(ModelDescription description, ITokenizer tokenizer, IDecoder decoder, ITransformer transformer,
        IDisposable weights)
    {
        (Description, Tokenizer, Transformer, this.decoder, this.weights) = (description, tokenizer, transformer, decoder, weights);
        scheduler = new RequestScheduler(decoder, tokenizer, description.ContextLength);
    }

    /// <summary>What the model's makers ask of the choice of tokens, where that is wanted.</summary>
    /// <value>Null: tokens are chosen as requests say.</value>
    public GenerationRules? Rules
    {
        get => scheduler.Rules;
        init => scheduler.Rules = value;
    }

    /// <inheritdoc/>
    public ModelDescription Description { get; }

    /// <inheritdoc/>
    public ITokenizer Tokenizer { get; }

    /// <inheritdoc/>
    public ITransformer Transformer { get; }

    /// <inheritdoc/>
    public RouterChoices? Routing => decoder.Routing;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Response> AnswerAsync(IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var answers = Channel.CreateUnbounded<Response>(new UnboundedChannelOptions { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var work = ComputeThread.RunAsync(() => Answer(requests, answers.Writer, progress, stop.Token));
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync(CancellationToken.None).ConfigureAwait(false))
                yield return answer;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await work.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await ComputeThread.RunAsync(weights.Dispose).ConfigureAwait(false);

    private void Answer(IReadOnlyList<Request> requests, ChannelWriter<Response> answers, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken)
    {
        try
        {
            scheduler.Answer(requests, answer => answers.TryWrite(answer), progress, cancellationToken);
        }
        finally
        {
            answers.Complete();
        }
    }
}
