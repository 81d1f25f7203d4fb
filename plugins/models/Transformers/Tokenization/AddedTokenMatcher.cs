using System.Buffers;
using System.Text;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Finds added tokens in a text: the leftmost first, of those that begin there the longest.</summary>
internal sealed class AddedTokenMatcher
{
    private readonly Dictionary<char, AddedToken[]> _byFirst;
    private readonly SearchValues<char> _firsts;

    public AddedTokenMatcher(IEnumerable<AddedToken> tokens)
    {
        _byFirst = tokens.Where(token => token.Content.Length > 0).GroupBy(token => token.Content[0])
            .ToDictionary(group => group.Key, group => group.OrderByDescending(token => token.Content.Length).ToArray());
        _firsts = SearchValues.Create([.. _byFirst.Keys]);
    }

    /// <summary>Cuts a text into added tokens and what lies between them.</summary>
    /// <param name="whole">The text.</param>
    /// <param name="parseSpecial">Whether control tokens count; where not, their text stays text.</param>
    /// <param name="onToken">Called with the id of each added token.</param>
    /// <param name="onText">Called with each piece between.</param>
    public void Split(Fragment whole, bool parseSpecial, Action<int, Fragment> onToken, Action<Fragment> onText)
    {
        var text = whole.Span;
        var done = 0;
        for (var position = 0; FindNext(text, position) is (var start, { } token);)
        {
            position = start + token.Content.Length;
            if ((token.Special && !parseSpecial) || (token.SingleWord && IsInsideWord(text, start, position)))
                continue;
            var begin = token.StripLeft ? Math.Max(done, text[..start].TrimEnd().Length) : start;
            if (begin > done)
                onText(whole.Slice(done, begin - done));
            var end = token.StripRight ? text.Length - text[position..].TrimStart().Length : position;
            onToken(token.Id, whole.Slice(begin, end - begin));
            done = end;
            position = Math.Max(position, done);
        }
        if (done < text.Length)
            onText(whole.Slice(done, text.Length - done));
    }

    private (int Start, AddedToken? Token) FindNext(ReadOnlySpan<char> text, int position)
    {
        for (; text[position..].IndexOfAny(_firsts) is >= 0 and var skip; position++)
        {
            position += skip;
            foreach (var token in _byFirst[text[position]])
                if (text[position..].StartsWith(token.Content, StringComparison.Ordinal))
                    return (position, token);
        }
        return (text.Length, null);
    }

    private static bool IsInsideWord(ReadOnlySpan<char> text, int start, int end)
    {
        Rune.DecodeLastFromUtf16(text[..start], out var before, out var beforeLength);
        Rune.DecodeFromUtf16(text[end..], out var after, out var afterLength);
        return (beforeLength > 0 && CharacterClass.IsWord(before)) || (afterLength > 0 && CharacterClass.IsWord(after));
    }
}
