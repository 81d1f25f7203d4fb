using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>A question with its prompt.</summary>
/// <param name="Id">The question's place in the file, from 0.</param>
/// <param name="Question">The question.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="PromptReadBack">The prompt's tokens decoded, which need not give the same text.</param>
/// <param name="MaxNewTokens">The most tokens of an answer.</param>
/// <param name="Sampling">How the answer is drawn, or null.</param>
internal sealed record FreebaseQaSample(string Id, FreebaseQaQuestion Question, Prompt Prompt, string PromptReadBack, int MaxNewTokens,
    Sampling? Sampling) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join(" | ", Question.Answers);
}
