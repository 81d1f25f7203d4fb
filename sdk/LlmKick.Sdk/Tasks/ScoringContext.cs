using Microsoft.Extensions.Logging;

namespace LlmKick.Sdk.Tasks;

/// <summary>What answers are scored with.</summary>
public sealed record ScoringContext
{
    /// <summary>Takes messages.</summary>
    public required ILogger Logger { get; init; }
}
