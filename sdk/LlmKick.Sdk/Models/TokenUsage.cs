using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>What an answer took, as whoever computed it counts.</summary>
/// <param name="Input">Tokens read.</param>
/// <param name="Output">Tokens written.</param>
public sealed record TokenUsage(long Input, long Output)
{
    /// <summary>What it cost, in the currency of the prices that were given; null where there are none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Cost { get; init; }
}
