using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.OwnData.Tables;

/// <summary>Makes rows of JSONL.</summary>
internal static class JsonRows
{
    public static List<Row> Read(string path, string content) =>
        [.. JsonLines.Parse<JsonElement>(path, content, "the columns of a row, such as {\"question\": \"…\", \"answer\": \"…\"}")
            .Select(line => Row(path, line.Line, line.Value))];

    private static Row Row(string path, int line, JsonElement columns) => new($"{path}:{line}", line, columns.EnumerateObject()
        .ToDictionary(column => column.Name, column => Texts(column.Value) ?? throw new LlmKickException(
            $"{path}:{line}: '{column.Name}' is neither a text, a number nor a list of these; flatten it.")));

    private static IReadOnlyList<string>? Texts(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Array)
            return Text(value) is { } text ? [text] : null;
        var texts = value.EnumerateArray().Select(Text).ToList();
        return texts.Contains(null) ? null : [.. texts.OfType<string>()];
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => value.GetRawText(),
        JsonValueKind.Null => "",
        _ => null,
    };
}
