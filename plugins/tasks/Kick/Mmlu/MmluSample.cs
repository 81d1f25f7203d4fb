using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Mmlu;

/// <summary>A question with its prompt.</summary>
/// <param name="Id">Subject and row of the test file, from 0: <c>anatomy/0</c>.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Letter">The right letter.</param>
/// <param name="Prompt">The examples and the question.</param>
/// <param name="Shots">Examples in the prompt.</param>
/// <param name="Letters">What may follow.</param>
/// <param name="Texts">The answers' texts, which may follow too; empty where they are not scored.</param>
internal sealed record MmluSample(string Id, string Subject, string Letter, Prompt Prompt, int Shots, IReadOnlyList<Prompt> Letters,
    IReadOnlyList<Prompt> Texts) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => Letter;
}
