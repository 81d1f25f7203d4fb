using LlmKick.Sdk.Compression;

namespace LlmKick.Sdk.Models;

/// <summary>What a task sees: something that answers requests, local or remote alike.</summary>
public interface ILanguageModel : IAsyncDisposable
{
    /// <summary>What the model is and can do.</summary>
    ModelDescription Description { get; }

    /// <summary>The model's tokenizer, or null where only the server knows it.</summary>
    ITokenizer? Tokenizer { get; }

    /// <summary>The model as compressors see it, or null where its weights cannot be reached.</summary>
    ITransformer? Transformer { get; }

    /// <summary>What routers chose since the model was loaded; null where it has none, or they are not watched.</summary>
    /// <value>Null.</value>
    RouterChoices? Routing => null;

    /// <summary>Answers requests. Scheduling (batches, lengths, shared prefixes) is the model's affair.</summary>
    /// <param name="requests">The requests of one batch of samples. How they are grouped depends on nothing but this list.</param>
    /// <param name="progress">Told after each computed batch, or null.</param>
    /// <param name="cancellationToken">Stops at the next safe point.</param>
    /// <returns>One response for every request, in any order; <see cref="Response.Index"/> says which.</returns>
    /// <exception cref="LlmKickException">A request does not fit the model, such as one longer than its context.</exception>
    IAsyncEnumerable<Response> AnswerAsync(IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress,
        CancellationToken cancellationToken);
}
