using System.Globalization;
using YamlDotNet.Core;

namespace LlmKick.Recipes.Yaml;

/// <summary>Finds what looks like a space in YAML and is none: nobody sees it, and the reader stumbles elsewhere or takes it for a
/// letter.</summary>
internal static class Blanks
{
    /// <summary>Refuses text in which such a blank stands, at its place.</summary>
    /// <exception cref="BlankException">There is one.</exception>
    public static void Refuse(string text, Mark from, string read)
    {
        if (Odd(read) < 0)
            return;
        var index = (int)from.Index + Odd(text.AsSpan((int)from.Index));
        var line = from.Line + text.AsSpan((int)from.Index, index - (int)from.Index).Count('\n');
        throw new BlankException(new Mark(index, line, index - text.LastIndexOf('\n', index)), Fault(text[index]));
    }

    /// <summary>Such a blank that may be why YAML cannot be read; null where there is none.</summary>
    /// <param name="text">The YAML.</param>
    /// <param name="stumble">Where the reader stumbled, which is at the very start where a tab made it.</param>
    public static (int Line, int Column, string Fault)? Near(string text, Mark stumble)
    {
        var isAnywhere = stumble is { Line: 1, Column: 1 };
        foreach (var (index, line) in text.Split('\n').Index().Where(one => isAnywhere || Math.Abs(one.Index + 1 - stumble.Line) <= 1))
        {
            var content = line.AsSpan(0, line.AsSpan().IndexOfAny("#\"'") is var end and >= 0 ? end : line.Length);
            var indent = content.Length - content.TrimStart().Length;
            if (indent < content.Length && content[..indent].IndexOf('\t') is var tab and >= 0)
                return (index + 1, tab + 1, "a tab stands in the indentation, where YAML knows spaces alone: write spaces.");
            if (Odd(content) is var odd and >= 0)
                return (index + 1, odd + 1, Fault(content[odd]));
        }
        return null;
    }

    private static int Odd(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
            if ((text[i] != ' ' && char.GetUnicodeCategory(text[i]) == UnicodeCategory.SpaceSeparator)
                || text[i] is '\u200B' or '\u2060' or '\uFEFF')
                return i;
        return -1;
    }

    private static string Fault(char blank) => string.Create(CultureInfo.InvariantCulture,
        $"U+{(int)blank:X4}{(blank == '\u00A0' ? ", a non-breaking space," : "")} stands here, which looks like a space or like "
            + $"nothing and is neither: write a space, or put quotes around a text that needs it.");
}

/// <summary>A blank stands where a space must.</summary>
internal sealed class BlankException(Mark place, string message) : YamlException(place, place, message);
