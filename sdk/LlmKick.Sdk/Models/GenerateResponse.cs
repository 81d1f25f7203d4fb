using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Answers a <see cref="GenerateRequest"/>.</summary>
/// <param name="Index">Which request it answers.</param>
/// <param name="Tokens">The tokens written, an end-of-text token included.</param>
/// <param name="Text">Their text without special tokens, cut before a stop text.</param>
/// <param name="Finish">Why it ended.</param>
/// <param name="Gaps">
/// For each token the difference between the best two logits (where tokens are drawn, with the draw's noise): where it is below 0.01,
/// another implementation may part from this path.
/// They are not stored: empty in an answer that was read back.
/// </param>
public sealed record GenerateResponse(int Index, IReadOnlyList<int> Tokens, string Text, FinishReason Finish, IReadOnlyList<float> Gaps)
    : Response(Index)
{
    /// <summary>For each token the difference between the best two logits; empty in an answer that was read back.</summary>
    [JsonIgnore]
    public IReadOnlyList<float> Gaps { get; init; } = Gaps ?? [];

    /// <summary>What a server says that the answer took; null for a model that is computed here.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Usage { get; init; }

    /// <summary>The reasoning that the answer opens with, which <see cref="Models.Reasoning"/> finds; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReasoningPart? Reasoning { get; init; }

    /// <summary>What is scored: the text behind the reasoning, all of it where there is none, and nothing where the answer ended
    /// inside.</summary>
    [JsonIgnore]
    public string Answer => Reasoning is { Length: var length } ? Text[Math.Min(length, Text.Length)..] : Text;
}
