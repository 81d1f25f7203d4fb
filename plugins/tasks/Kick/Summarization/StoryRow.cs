using System.Text.Json;

namespace LlmKick.Kick.Summarization;

/// <summary>A line of a file with stories.</summary>
internal sealed record StoryRow(string Text)
{
    public string? Category { get; init; }

    public JsonElement? QuestionId { get; init; }
}
