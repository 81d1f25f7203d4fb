using System.Text.Json.Serialization;
using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Tasks;

/// <summary>What a judge said.</summary>
/// <param name="Text">Word for word.</param>
/// <param name="IsRead">Whether a verdict was found in it; one without is counted, never averaged.</param>
public sealed record JudgeReply(string Text, bool IsRead)
{
    /// <summary>The tokens it took, or null where nobody counted.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Usage { get; init; }
}
