using System.Text.Json.Serialization;

namespace LlmKick.Kick.TriviaQa;

/// <summary>SQuAD's JSON, as far as it is read.</summary>
internal sealed record SquadDocument([property: JsonPropertyName("data")] IReadOnlyList<SquadDocument.Article> Data)
{
    internal sealed record Article([property: JsonPropertyName("paragraphs")] IReadOnlyList<Paragraph> Paragraphs);

    internal sealed record Paragraph(
        [property: JsonPropertyName("context")] string Context, [property: JsonPropertyName("qas")] IReadOnlyList<Item> Questions);

    internal sealed record Item(
        [property: JsonPropertyName("question")] string Question, [property: JsonPropertyName("answers")] IReadOnlyList<Gold> Answers);

    internal sealed record Gold([property: JsonPropertyName("text")] string Text);
}
