namespace LlmKick.Sdk.Templates.Values;

/// <summary>Blanks as Python knows them.</summary>
internal static class Spaces
{
    public static bool IsSpace(char character) => char.IsWhiteSpace(character) || character is >= '\x1c' and <= '\x1f';

    public static int Skip(string text, int at)
    {
        while (at < text.Length && IsSpace(text[at]))
            at++;
        return at;
    }

    public static bool IsBlank(ReadOnlySpan<char> text)
    {
        foreach (var character in text)
            if (!IsSpace(character))
                return false;
        return true;
    }

    public static string TrimEnd(string text)
    {
        var end = text.Length;
        while (end > 0 && IsSpace(text[end - 1]))
            end--;
        return text[..end];
    }

    public static string TrimStart(string text) => text[Skip(text, 0)..];

    public static string Trim(string text) => TrimStart(TrimEnd(text));

    /// <summary>The words between blanks, at most so many cuts.</summary>
    public static List<string> Split(string text, long cuts)
    {
        var words = new List<string>();
        for (var at = Skip(text, 0); at < text.Length; at = Skip(text, at))
        {
            var end = at;
            while (end < text.Length && !IsSpace(text[end]))
                end++;
            if (cuts >= 0 && words.Count >= cuts)
                end = text.Length;
            words.Add(text[at..end]);
            at = end;
        }
        return words;
    }
}
