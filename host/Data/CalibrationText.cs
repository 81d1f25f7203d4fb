using System.Text;
using LlmKick.Perplexity.Texts;
using LlmKick.Sdk.Files;

namespace LlmKick.Data;

/// <summary>Makes documents of calibration texts.</summary>
internal static class CalibrationText
{
    /// <summary>The rows, or the paragraphs of plain files, which blank lines part.</summary>
    public static IReadOnlyList<string> Documents(TextSet texts) => texts.AreRows ? texts.All : [.. texts.All.SelectMany(Paragraphs)];

    private static List<string> Paragraphs(string content)
    {
        var paragraphs = new List<string>();
        var current = new StringBuilder();
        foreach (var line in TextFile.Lines(content).Append(""))
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
