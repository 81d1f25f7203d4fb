namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Cuts at the matches of a pattern, or at what lies between them.</summary>
internal sealed class PatternSplitter(IMatcher matcher, SplitBehavior behavior, bool invert = false) : IPreTokenizer
{
    public void Split(Fragment text, Action<Fragment> onPiece)
    {
        var parts = Parts(text.Span);
        foreach (var part in Arrange(parts))
            if (part.End > part.Start)
                onPiece(text.Slice(part.Start, part.End - part.Start));
    }

    /// <summary>The whole text as matches and what lies between them.</summary>
    private List<(TextRange Range, bool IsMatch)> Parts(ReadOnlySpan<char> text)
    {
        var (parts, done) = (new List<(TextRange, bool)>(), 0);
        foreach (var match in matcher.Matches(text))
        {
            if (match.Start > done)
                parts.Add((new TextRange(done, match.Start), invert));
            parts.Add((match, !invert));
            done = match.End;
        }
        if (done < text.Length)
            parts.Add((new TextRange(done, text.Length), invert));
        return parts;
    }

    private IEnumerable<TextRange> Arrange(List<(TextRange Range, bool IsMatch)> parts) => behavior switch
    {
        SplitBehavior.Removed => parts.Where(part => !part.IsMatch).Select(part => part.Range),
        SplitBehavior.Isolated => parts.Select(part => part.Range),
        SplitBehavior.Contiguous => Join(parts, (before, part) => before == part),
        SplitBehavior.MergedWithPrevious => Join(parts, (before, part) => part && !before),
        _ => JoinBackwards(parts),
    };

    private static List<TextRange> Join(List<(TextRange Range, bool IsMatch)> parts, Func<bool, bool, bool> joins)
    {
        var pieces = new List<TextRange>();
        for (var i = 0; i < parts.Count; i++)
            if (i > 0 && joins(parts[i - 1].IsMatch, parts[i].IsMatch))
                pieces[^1] = pieces[^1] with { End = parts[i].Range.End };
            else
                pieces.Add(parts[i].Range);
        return pieces;
    }

    private static List<TextRange> JoinBackwards(List<(TextRange Range, bool IsMatch)> parts)
    {
        var pieces = new List<TextRange>();
        for (var i = parts.Count - 1; i >= 0; i--)
            if (i + 1 < parts.Count && parts[i].IsMatch && !parts[i + 1].IsMatch)
                pieces[^1] = pieces[^1] with { Start = parts[i].Range.Start };
            else
                pieces.Add(parts[i].Range);
        pieces.Reverse();
        return pieces;
    }
}
