namespace LlmKick.Transformers.Tokenization;

/// <summary>Finds a text in another.</summary>
internal sealed class TextMatcher(string pattern) : IMatcher
{
    public string Pattern => pattern;

    public List<TextRange> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<TextRange>();
        for (int from = 0, at; pattern.Length > 0
            && (at = text[from..].IndexOf(pattern, StringComparison.Ordinal)) >= 0; from += at + pattern.Length)
            matches.Add(new TextRange(from + at, from + at + pattern.Length));
        return matches;
    }
}
