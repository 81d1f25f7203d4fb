using System.Text.Json;

namespace LlmKick.Kick.Questions;

/// <summary>A line of a file with answers: MT-Bench has choices with turns, Vicuna-80 a text.</summary>
internal sealed record AnswerRow(JsonElement QuestionId)
{
    public string? Text { get; init; }

    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The answers of the turns.</summary>
    public IReadOnlyList<string> Answers => Text is not null ? [Text] : Choices is [var first, ..] ? first.Turns : [];

    internal sealed record Choice(IReadOnlyList<string> Turns);
}
