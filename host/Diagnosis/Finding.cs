using System.Text.Json.Nodes;

namespace LlmKick.Diagnosis;

/// <summary>What <c>doctor</c> found about one thing.</summary>
/// <param name="Name">The thing.</param>
/// <param name="State">How well it is.</param>
/// <param name="Found">What it is.</param>
/// <param name="Advice">What to do, where there is something.</param>
internal sealed record Finding(string Name, FindingState State, string Found, string? Advice = null)
{
    /// <summary>The facts behind it, for scripts.</summary>
    public JsonNode? Value { get; init; }

    /// <summary>A thing that is well.</summary>
    public static Finding Ok(string name, string found, JsonNode? value = null) => new(name, FindingState.Ok, found) { Value = value };

    /// <summary>As JSON.</summary>
    public JsonObject ToJson() => new()
    {
        ["name"] = Name,
        ["state"] = State.ToString().ToLowerInvariant(),
        ["found"] = Found,
        ["advice"] = Advice,
        ["value"] = Value?.DeepClone(),
    };
}
