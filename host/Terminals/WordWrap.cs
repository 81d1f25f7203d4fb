using System.Text;

namespace LlmKick.Terminals;

/// <summary>Breaks a text into lines between words.</summary>
internal static class WordWrap
{
    /// <summary>The text in lines of at most this many characters, as far as its words allow.</summary>
    /// <param name="text">The text.</param>
    /// <param name="width">Characters in a line, the indent not counted.</param>
    /// <param name="indent">Spaces before each line but the first.</param>
    public static string At(string text, int width, int indent = 0)
    {
        var (lines, used) = (new StringBuilder(), 0);
        foreach (var word in text.Split(' '))
        {
            var needed = used == 0 ? word.Length : used + 1 + word.Length;
            if (used > 0)
                lines.Append(needed > width ? '\n' + new string(' ', indent) : " ");
            lines.Append(word);
            used = needed > width ? word.Length : needed;
        }
        return lines.ToString();
    }
}
