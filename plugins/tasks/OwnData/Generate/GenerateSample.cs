using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Generate;

/// <summary>A row with its prompt.</summary>
/// <param name="Id">The row's line.</param>
/// <param name="Prompt">The prompt.</param>
/// <param name="References">Texts to compare with; empty where there are none.</param>
/// <param name="Groups">The row's group, or none.</param>
/// <param name="Sampling">How the answer is drawn, or null.</param>
internal sealed record GenerateSample(string Id, Prompt Prompt, IReadOnlyList<string> References, IReadOnlyList<string> Groups,
    Sampling? Sampling) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => string.Join(" | ", References);
}
