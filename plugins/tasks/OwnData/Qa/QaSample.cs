using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Qa;

/// <summary>A question with its prompt.</summary>
/// <param name="Id">The row's line.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="Answers">Right answers.</param>
/// <param name="Cluster">What the row has in common with others, or null.</param>
/// <param name="Sampling">How the answer is drawn, or null.</param>
internal sealed record QaSample(string Id, Prompt Prompt, IReadOnlyList<string> Answers, string? Cluster, Sampling? Sampling) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join(" | ", Answers);
}
