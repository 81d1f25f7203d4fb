namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Spaces become a visible mark, which begins the piece behind it.</summary>
/// <param name="mark">The mark, usually U+2581.</param>
/// <param name="scheme">Where a text that does not begin with it gets one more.</param>
/// <param name="splits">Whether texts are cut before marks.</param>
internal sealed class Metaspace(string mark, PrependScheme scheme, bool splits) : IPreTokenizer
{
    public void Split(Fragment text, Action<Fragment> onPiece)
    {
        var marked = Mark(text);
        if (!splits)
        {
            onPiece(marked);
            return;
        }
        for (int start = 0, length; start < marked.Length; start += length)
        {
            length = Next(marked.Span[start..]);
            onPiece(marked.Slice(start, length));
        }
    }

    private Fragment Mark(Fragment text)
    {
        var prepends = text.Length > 0 && (scheme == PrependScheme.Always || (scheme == PrependScheme.First && text.IsFirst))
            && text.Span[0] != ' ' && !text.Span.StartsWith(mark, StringComparison.Ordinal);
        if (!prepends && !text.Span.Contains(' '))
            return text;
        if (text.Origins is null)
        {
            var plain = string.Concat(prepends ? mark : "", text.Span).Replace(" ", mark, StringComparison.Ordinal);
            return new Fragment(plain, 0, plain.Length, text.IsFirst, null);
        }
        var builder = new FragmentBuilder(text);
        if (prepends)
            builder.Put(mark, 0, 0);
        var done = 0;
        for (int space; (space = text.Span[done..].IndexOf(' ')) >= 0; done += space + 1)
        {
            builder.Copy(done, space);
            builder.Put(mark, done + space, 1);
        }
        builder.Copy(done, text.Length - done);
        return builder.Build();
    }

    /// <summary>Length of a piece: up to the next mark that does not begin it.</summary>
    private int Next(ReadOnlySpan<char> text)
    {
        var begin = text.StartsWith(mark, StringComparison.Ordinal) ? mark.Length : 0;
        var next = text[begin..].IndexOf(mark, StringComparison.Ordinal);
        return next < 0 ? text.Length : begin + next;
    }
}
