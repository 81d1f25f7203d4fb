using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.OwnData.Tables;

/// <summary>Reads JSONL.</summary>
internal static class JsonLines
{
    public static List<Row> Read(string path, string content)
    {
        var rows = new List<Row>();
        var lines = content.Split('\n');
        for (var i = 0; i < lines.Length; i++)
            if (!string.IsNullOrWhiteSpace(lines[i]))
                rows.Add(Row(path, i + 1, lines[i]));
        return rows;
    }

    private static Row Row(string path, int line, string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
                throw new LlmKickException(
                    $"{path}:{line}: not a JSON object; write one a line, such as {{\"question\": \"…\", \"answer\": \"…\"}}.");
            var columns = new Dictionary<string, IReadOnlyList<string>>();
            foreach (var property in document.RootElement.EnumerateObject())
                columns[property.Name] = Texts(property.Value) ?? throw new LlmKickException(
                    $"{path}:{line}: '{property.Name}' is neither a text, a number nor a list of these; flatten it.");
            return new Row($"{path}:{line}", line, columns);
        }
        catch (JsonException exception)
        {
            throw new LlmKickException($"{path}:{line}: not JSON. {JsonFault.Explain(text, exception)} Write one object a line.",
                exception);
        }
    }

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
