using System.Text.RegularExpressions;
using LlmKick.Sdk;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>Finds the matches of a regular expression of Oniguruma, over code points.</summary>
internal sealed class PatternMatcher : IMatcher
{
    // A machine of its own is made for a pattern that has more to do than making one takes.
    private const int UnitsBeforeCompiling = 1 << 17;

    // A pattern that goes back and forth can take years; real ones take milliseconds for the longest text.
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(10);

    private readonly PatternAlphabet _alphabet;
    private readonly string _pattern;
    private readonly string _translated;
    private volatile Regex _regex;
    private long _seen;

    public PatternMatcher(string pattern, Func<string, LlmKickException> fault)
    {
        var parts = new PatternParser(pattern, fault).Parse();
        _alphabet = new PatternAlphabet([.. parts.Select(part => part.Set).OfType<CodePointSet>()], fault);
        _pattern = pattern;
        _translated = string.Concat(parts.Select(part => part.Set is null ? part.Syntax : _alphabet.Class(part.Set)));
        try
        {
            _regex = new Regex(_translated, RegexOptions.CultureInvariant, Longest);
        }
        catch (ArgumentException e)
        {
            throw fault($"its pattern is no regular expression ({pattern}): {e.Message.Split('.')[^1].Trim().TrimEnd('.')}");
        }
    }

    public List<TextRange> Matches(ReadOnlySpan<char> text)
    {
        if (!PatternAlphabet.Concerns(text))
            return Find(text, null);
        var (units, places) = _alphabet.Rewrite(text);
        return Find(units, places);
    }

    private List<TextRange> Find(ReadOnlySpan<char> text, int[]? places)
    {
        var matches = new List<TextRange>();
        try
        {
            foreach (var match in Machine(text.Length).EnumerateMatches(text))
                matches.Add(places is null
                    ? new TextRange(match.Index, match.Index + match.Length)
                    : new TextRange(places[match.Index], places[match.Index + match.Length]));
        }
        catch (RegexMatchTimeoutException e)
        {
            throw new LlmKickException($"The tokenizer's pattern takes over {Longest.TotalSeconds} seconds for a text of {text.Length} "
                + $"characters: {_pattern}.", e);
        }
        return matches;
    }

    private Regex Machine(int length)
    {
        if (Interlocked.Add(ref _seen, length) > UnitsBeforeCompiling && !_regex.Options.HasFlag(RegexOptions.Compiled))
            _regex = new Regex(_translated, RegexOptions.CultureInvariant | RegexOptions.Compiled, Longest);
        return _regex;
    }
}
