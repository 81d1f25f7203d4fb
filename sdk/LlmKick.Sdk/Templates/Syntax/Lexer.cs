using LlmKick.Sdk.Templates.Values;

namespace LlmKick.Sdk.Templates.Syntax;

/// <summary>Cuts a template into tokens, one at a time: what stands behind a mistake is never looked at.</summary>
internal sealed class Lexer
{
    private readonly TemplateOptions options;
    private readonly LexerState state;
    private readonly TagLexer tags;

    public Lexer(string source, TemplateOptions options)
    {
        this.options = options;
        state = new LexerState(Normalize(source, options.KeepTrailingNewline));
        tags = new TagLexer(state, options.TrimBlocks);
    }

    public IEnumerable<Token> Read()
    {
        while (state.Position < state.Text.Length)
        {
            var begin = FindTag();
            if (begin < 0)
            {
                yield return state.Take("data", state.Text.Length);
                yield break;
            }
            foreach (var token in ReadTag(begin))
                yield return token;
        }
    }

    private static string Normalize(string source, bool keepTrailing)
    {
        var text = Newlines(source);
        return !keepTrailing && text.EndsWith('\n') ? text[..^1] : text;
    }

    public static string Newlines(string text) => text.Contains('\r', StringComparison.Ordinal)
        ? text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n') : text;

    private int FindTag()
    {
        for (var at = state.Position; (at = state.Text.IndexOf('{', at)) >= 0 && at + 1 < state.Text.Length; at++)
            if (state.Text[at + 1] is '{' or '%' or '#')
                return at;
        return -1;
    }

    private IEnumerable<Token> ReadTag(int begin)
    {
        var kind = state.Text[begin + 1];
        var end = begin + 2 + (begin + 2 < state.Text.Length && state.Text[begin + 2] is '-' or '+' ? 1 : 0);
        var sign = end > begin + 2 ? state.Text[begin + 2] : ' ';
        var raw = kind == '%' ? RawEnd(end) : -1;
        if (Data(begin, sign, kind != '{') is { } data)
            yield return data;
        if (raw >= 0)
        {
            state.Skip(raw);
            foreach (var token in ReadRaw())
                yield return token;
        }
        else if (kind == '#')
            SkipComment(end);
        else
            foreach (var token in tags.Read(kind == '%' ? "block" : "variable", end))
                yield return token;
    }

    /// <summary>The text before a tag, cut as the tag's sign asks; the position is then the tag's.</summary>
    private Token? Data(int begin, char sign, bool strips)
    {
        var text = state.Text[state.Position..begin];
        var kept = text;
        if (sign == '-')
            kept = Spaces.TrimEnd(text);
        else if (sign != '+' && options.StripBlocks && strips)
            kept = StripLine(text);
        var line = state.Line;
        state.Skip(begin, sign == '-' ? text.Length : kept.Length);
        return kept.Length == 0 ? null : new Token(line, "data", kept);
    }

    private string StripLine(string text)
    {
        var start = text.LastIndexOf('\n') + 1;
        return (start > 0 || state.LineStarts) && Spaces.IsBlank(text.AsSpan(start)) ? text[..start] : text;
    }

    /// <summary>Where the tag that begins a raw block ends; -1 where the tag is another.</summary>
    private int RawEnd(int at)
    {
        at = Spaces.Skip(state.Text, at);
        if (!state.Has(at, "raw"))
            return -1;
        at = Spaces.Skip(state.Text, at + 3);
        if (state.Has(at, "-%}"))
            return Spaces.Skip(state.Text, at + 3);
        return state.Has(at, "%}") ? at + 2 : -1;
    }

    private IEnumerable<Token> ReadRaw()
    {
        var start = state.Position;
        for (var at = start; (at = state.Text.IndexOf("{%", at, StringComparison.Ordinal)) >= 0; at++)
            if (EndRaw(at) is var (sign, end) && end >= 0)
            {
                if (Data(at, sign, strips: true) is { } data)
                    yield return data;
                state.Skip(end);
                yield break;
            }
        if (start < state.Text.Length)
            throw PythonError.Syntax("Missing end of raw directive", state.Line);
    }

    private (char Sign, int End) EndRaw(int begin)
    {
        var at = begin + 2;
        var sign = at < state.Text.Length && state.Text[at] is '-' or '+' ? state.Text[at++] : ' ';
        at = Spaces.Skip(state.Text, at);
        if (!state.Has(at, "endraw"))
            return (sign, -1);
        return (sign, state.TagEnd(Spaces.Skip(state.Text, at + 6), "%}", options.TrimBlocks));
    }

    private void SkipComment(int start)
    {
        state.Skip(start);
        var at = start > state.Text.Length ? -1 : state.Text.IndexOf("#}", start, StringComparison.Ordinal);
        if (at < 0 && start < state.Text.Length)
            throw PythonError.Syntax("Missing end of comment tag", state.Line);
        if (at < 0)
            return;
        var signed = at > start && state.Text[at - 1] is '-' or '+' ? at - 1 : at;
        state.Skip(state.TagEnd(signed, "#}", options.TrimBlocks));
    }
}
