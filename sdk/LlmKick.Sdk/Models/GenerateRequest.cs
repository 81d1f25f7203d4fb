using System.Text.Json.Serialization;

namespace LlmKick.Sdk.Models;

/// <summary>Asks for a greedy continuation.</summary>
/// <param name="Prompt">What is read first; at least one token.</param>
/// <param name="MaxNewTokens">The most tokens written.</param>
/// <param name="Stop">Texts that end the answer; they are cut off with what follows.</param>
public sealed record GenerateRequest(Prompt Prompt, int MaxNewTokens, IReadOnlyList<string> Stop) : Request
{
    /// <summary>Told each piece of text as soon as it is certain, on the compute thread; the pieces joined are the response's text. Null to wait.</summary>
    [JsonIgnore]
    public Action<string>? Written { get; init; }
}
