using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Texts brought to a width.</summary>
internal static class Padding
{
    public static string Center(string text, object? width, object? fill)
    {
        var missing = Missing(text, width);
        // The odd one goes to the left where the width is odd.
        var left = (missing / 2) + (missing & Types.SmallIndex(width) & 1);
        return missing <= 0 ? text : Repeat(fill, left) + text + Repeat(fill, missing - left);
    }

    public static string Left(string text, object? width, object? fill) => text + Repeat(fill, Missing(text, width));

    public static string Right(string text, object? width, object? fill) => Repeat(fill, Missing(text, width)) + text;

    public static string Zeros(string text, object? width)
    {
        var zeros = Repeat("0", Missing(text, width));
        return text.StartsWith('-') || text.StartsWith('+') ? text[0] + zeros + text[1..] : zeros + text;
    }

    public static string ExpandTabs(string text, object? size)
    {
        var (result, column, width) = (new StringBuilder(), 0, Types.SmallIndex(size));
        foreach (var one in CodePoints.All(text))
        {
            var blanks = one == "\t" ? (width > 0 ? width - (column % width) : 0) : -1;
            Evaluation.Text(Math.Max(blanks, 1));
            _ = blanks >= 0 ? result.Append(' ', blanks) : result.Append(one);
            column = one is "\n" or "\r" ? 0 : column + Math.Abs(blanks);
        }
        return result.ToString();
    }

    private static int Missing(string text, object? width) => Math.Max(0, Types.SmallIndex(width) - CodePoints.Count(text));

    private static string Repeat(object? fill, int count)
    {
        var one = Types.Text(fill) ?? throw PythonError.Type($"The fill character must be a unicode character, not {Types.Name(fill)}");
        if (CodePoints.Count(one) != 1)
            throw PythonError.Type("The fill character must be exactly one character long");
        Evaluation.Text((long)one.Length * count);
        return one.Length == 1 ? new string(one[0], count) : string.Concat(Enumerable.Repeat(one, count));
    }
}
