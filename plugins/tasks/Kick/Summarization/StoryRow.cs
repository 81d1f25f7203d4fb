using System.Text.Json;

namespace LlmKick.Kick.Summarization;

/// <summary>A row of a file with stories: a prompt with its story, or an article with its highlights as CNN/DailyMail has them on the
/// hub.</summary>
internal sealed record StoryRow
{
    public string? Text { get; init; }

    public string? Article { get; init; }

    public string? Highlights { get; init; }

    public JsonElement? Id { get; init; }

    public string? Category { get; init; }

    public JsonElement? QuestionId { get; init; }
}
