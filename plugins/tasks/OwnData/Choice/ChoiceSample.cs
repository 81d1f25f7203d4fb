using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Choice;

/// <summary>A question with its choices.</summary>
/// <param name="Id">The row's line.</param>
/// <param name="Prompt">What is read first.</param>
/// <param name="Choices">The choices as they continue the prompt.</param>
/// <param name="Bytes">Bytes of each choice's text.</param>
/// <param name="Right">The place of the right one.</param>
/// <param name="Cluster">What the row has in common with others, or null.</param>
internal sealed record ChoiceSample(string Id, Prompt Prompt, IReadOnlyList<Prompt> Choices, IReadOnlyList<int> Bytes, int Right,
    string? Cluster) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => Choices[Right].Text;
}
