using System.Text.Json.Nodes;

namespace LlmKick.Tests.Commands;

/// <summary>What a run of the tool left.</summary>
internal sealed record ToolResult(int ExitCode, string Out, string Error)
{
    /// <summary>The JSON document on stdout.</summary>
    public JsonObject Json => JsonNode.Parse(Out)!.AsObject();

    /// <summary>The lines on stderr.</summary>
    public string[] ErrorLines => Error.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
