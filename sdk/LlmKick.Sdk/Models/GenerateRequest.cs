using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Asks for a continuation: the most probable token each time, unless <see cref="Sampling"/> says otherwise.</summary>
/// <param name="Prompt">What is read first; at least one token.</param>
/// <param name="MaxNewTokens">The most tokens written.</param>
/// <param name="Stop">Texts that end the answer; they are cut off with what follows.</param>
public sealed record GenerateRequest(Prompt Prompt, int MaxNewTokens, IReadOnlyList<string> Stop) : Request
{
    /// <summary>How tokens are drawn. Null to take the most probable one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Sampling? Sampling { get; init; }

    /// <summary>Whether the answer goes on after an end-of-text token, up to its other limits. Models behind a server cannot be told
    /// to.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IgnoreEnd { get; init; }

    /// <summary>Told each piece of text as soon as it is certain, on the compute thread; the pieces joined are the response's text. Null to
    /// wait.</summary>
    [JsonIgnore]
    public Action<string>? Written { get; init; }
}
