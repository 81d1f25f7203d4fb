using LlmKick.Sdk.Models;
using Microsoft.Extensions.Logging;

namespace LlmKick.Sdk.Tasks;

/// <summary>What answers are scored with.</summary>
public sealed record ScoringContext
{
    /// <summary>Takes messages.</summary>
    public required ILogger Logger { get; init; }

    /// <summary>The model that grades answers; null unless <see cref="ITask.NeedsJudge"/>.</summary>
    public ILanguageModel? Judge { get; init; }

    /// <summary>
    /// What the dense variant was asked about the same sample and answered; null on the dense variant itself, and unless
    /// <see cref="ITask.NeedsReference"/>.
    /// </summary>
    public IReadOnlyList<Exchange>? Reference { get; init; }
}
