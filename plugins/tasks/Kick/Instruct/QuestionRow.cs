using System.Text.Json;

namespace LlmKick.Kick.Instruct;

/// <summary>A line of a file with questions.</summary>
internal sealed record QuestionRow(JsonElement QuestionId, string Category)
{
    public string? Text { get; init; }

    public IReadOnlyList<string>? Turns { get; init; }
}
