using LlmKick.Sdk.Tasks;

namespace Contoso.Plugin_1;

/// <summary>Two sentences that differ in what makes one of them wrong.</summary>
/// <param name="Id">The line in the file: stable, so that variants are compared pair by pair.</param>
/// <param name="Text">The grammatical sentence.</param>
/// <param name="Good">Its tokens.</param>
/// <param name="Bad">The other's tokens.</param>
/// <param name="Phenomenon">What it is about.</param>
public sealed record Pair(string Id, string Text, IReadOnlyList<int> Good, IReadOnlyList<int> Bad, string? Phenomenon) : Sample(Id)
{
    /// <inheritdoc/>
    public override string Target => Text;
}
