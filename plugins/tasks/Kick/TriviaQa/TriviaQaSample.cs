using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.TriviaQa;

/// <summary>A question with its prompt.</summary>
/// <param name="Id">The question's place in the file, from 0.</param>
/// <param name="Answers">Right answers, normalised.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="AnswerInContext">Whether the context has an answer as whole words; null without context.</param>
/// <param name="Cluster">What it shares with others, or null.</param>
/// <param name="Sampling">How its answer is drawn, or null.</param>
internal sealed record TriviaQaSample(string Id, IReadOnlyList<string> Answers, Prompt Prompt, bool? AnswerInContext, string? Cluster,
    Sampling? Sampling) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join(" | ", Answers);
}
