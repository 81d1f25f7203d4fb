using LlmKick.Sdk.Models;
using Microsoft.Extensions.Logging;

namespace LlmKick.Sdk.Tasks;

/// <summary>What samples are made with.</summary>
public sealed record TaskContext
{
    /// <summary>The model's tokenizer.</summary>
    public required ITokenizer Tokenizer { get; init; }

    /// <summary>Tokens in the model's longest sequence.</summary>
    public required int ContextLength { get; init; }

    /// <summary>The task's seed.</summary>
    public int Seed { get; init; }

    /// <summary>Takes messages.</summary>
    public required ILogger Logger { get; init; }
}
