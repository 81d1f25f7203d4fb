using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>The reasoning that an answer opens with, between marks such as <c>&lt;think&gt;</c> and <c>&lt;/think&gt;</c>, before it
/// answers.</summary>
/// <param name="Length">UTF-16 units of <see cref="GenerateResponse.Text"/> that belong to it, with the blank space behind.</param>
/// <param name="IsFinished">Whether it ended before the answer did; otherwise nothing was answered.</param>
public sealed record ReasoningPart(int Length, bool IsFinished)
{
    /// <summary>Its tokens, those of its marks included; null where a server does not tell its tokens.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Tokens { get; init; }
}
