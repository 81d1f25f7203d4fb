using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Compression;

/// <summary>Some weights are exactly zero.</summary>
/// <param name="Pattern">The N:M pattern as text (<c>2:4</c>), or null where zeros lie anywhere.</param>
public sealed record PrunedEncoding(string? Pattern) : LinearEncoding
{
    /// <inheritdoc/>
    [JsonIgnore]
    public override bool IsPruned => true;
}
