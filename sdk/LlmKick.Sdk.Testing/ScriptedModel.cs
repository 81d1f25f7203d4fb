using System.Runtime.CompilerServices;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing;

/// <summary>A language model that answers what a test says.</summary>
/// <param name="answer">The answer to the request at an index. The answer's own index must be that one.</param>
public sealed class ScriptedModel(Func<int, Request, Response> answer) : ILanguageModel
{
    private readonly List<Request> asked = [];

    /// <summary>Everything asked so far, in order.</summary>
    public IReadOnlyList<Request> Asked => asked;

    /// <inheritdoc/>
    public ModelDescription Description { get; init; } = new()
    {
        Name = "scripted", Architecture = "none", ParameterCount = 0, ContextLength = 8192, DataType = "float32", Device = "cpu",
    };

    /// <inheritdoc/>
    public ITokenizer? Tokenizer { get; init; } = ByteTokenizer.Instance;

    /// <inheritdoc/>
    public ITransformer? Transformer => null;

    /// <inheritdoc/>
    public async IAsyncEnumerable<Response> AnswerAsync(IReadOnlyList<Request> requests, IProgress<ProgressUpdate>? progress,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(requests);
        await Task.CompletedTask.ConfigureAwait(false);
        foreach (var (index, request) in requests.Index())
        {
            cancellationToken.ThrowIfCancellationRequested();
            asked.Add(request);
            yield return answer(index, request);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
