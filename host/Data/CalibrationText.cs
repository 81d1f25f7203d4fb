using System.Text;
using LlmKick.Sdk.Files;

namespace LlmKick.Data;

/// <summary>Reads a calibration text: a plain file, or JSONL whose lines have a <c>text</c> field.</summary>
internal static class CalibrationText
{
    private const string Break = "\n\n";

    /// <summary>All of it as one text; the documents of a JSONL file are joined by a blank line.</summary>
    public static string Whole(string path) => JsonLines.Is(path) ? string.Join(Break, Lines(path)) : TextFile.Read(path);

    /// <summary>Its documents: the lines of a JSONL file, or the paragraphs of a plain one, which blank lines part.</summary>
    public static IReadOnlyList<string> Documents(string path) => JsonLines.Is(path) ? Lines(path) : Paragraphs(path);

    private static IReadOnlyList<string> Lines(string path) => JsonLines.Texts(path, TextFile.Read(path));

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
}
