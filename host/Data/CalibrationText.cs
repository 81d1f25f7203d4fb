using System.Text;
using System.Text.Json;
using LlmKick.Sdk;
using LlmKick.Sdk.Files;

namespace LlmKick.Data;

/// <summary>Reads a calibration text: a plain file, or JSONL whose lines have a <c>text</c> field.</summary>
internal static class CalibrationText
{
    private const string Break = "\n\n";

    /// <summary>All of it as one text; the documents of a JSONL file are joined by a blank line.</summary>
    public static string Whole(string path) => IsJsonLines(path) ? string.Join(Break, Lines(path)) : TextFile.Read(path);

    /// <summary>Its documents: the lines of a JSONL file, or the paragraphs of a plain one, which blank lines part.</summary>
    public static IReadOnlyList<string> Documents(string path) => IsJsonLines(path) ? Lines(path) : Paragraphs(path);

    private static bool IsJsonLines(string path) => Path.GetExtension(path) is ".jsonl" or ".ndjson";

    private static List<string> Paragraphs(string path)
    {
        var paragraphs = new List<string>();
        var current = new StringBuilder();
        foreach (var line in TextFile.Lines(TextFile.Read(path)).Append(""))
            if (!string.IsNullOrWhiteSpace(line))
                current.Append(current.Length > 0 ? "\n" : "").Append(line);
            else if (current.Length > 0)
            {
                paragraphs.Add(current.ToString());
                current.Clear();
            }
        return paragraphs;
    }

    private static List<string> Lines(string path) =>
        [.. TextFile.Lines(TextFile.Read(path)).Index().Where(line => !string.IsNullOrWhiteSpace(line.Item))
            .Select(line => Text(path, line.Index + 1, line.Item))];

    private static string Text(string path, int number, string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String)
                return text.GetString()!;
        }
        catch (JsonException e)
        {
            throw new LlmKickException($"{path}:{number}: this line is no JSON. {JsonFault.Explain(line, e)} Every line of a JSONL file "
                + $"must be an object with a `text`.", e);
        }
        throw new LlmKickException(
            $"{path}:{number}: this line has no `text`. Every line of a JSONL file must be an object with a `text`.");
    }
}
