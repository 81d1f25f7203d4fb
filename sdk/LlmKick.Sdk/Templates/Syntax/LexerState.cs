using LlmKick.Sdk.Templates.Values;
namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Where a lexer stands.</summary>
internal sealed class LexerState(string text)
{
    public string Text { get; } = text;

    public int Position { get; private set; }

    public int Line { get; private set; } = 1;

    /// <summary>Whether what was read last ended a line.</summary>
    public bool LineStarts { get; private set; } = true;

    public bool Has(int at, string word) => string.CompareOrdinal(Text, at, word, 0, word.Length) == 0;

    /// <summary>Goes on to a place, and counts the newlines on the way, or in the first so many characters.</summary>
    public void Skip(int to, int? counted = null)
    {
        Line += Text.AsSpan(Position, counted ?? to - Position).Count('\n');
        if (to > Position)
            LineStarts = Text[to - 1] == '\n';
        Position = to;
    }

    public Token Take(string type, int to, object? value = null)
    {
        var token = new Token(Line, type, Text[Position..to], value);
        Skip(to);
        return token;
    }

    /// <summary>Where a tag's end that stands at a place ends; -1 where none does. With <c>-</c> it takes the blanks that follow.</summary>
    public int TagEnd(int at, string sign, bool trim, bool plus = true)
    {
        if (Has(at, "-" + sign))
            return Spaces.Skip(Text, at + 1 + sign.Length);
        if (plus && Has(at, "+" + sign))
            return at + 1 + sign.Length;
        if (!Has(at, sign))
            return -1;
        at += sign.Length;
        return trim && at < Text.Length && Text[at] == '\n' ? at + 1 : at;
    }
}
