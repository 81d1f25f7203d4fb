using System.Text;

namespace LlmKick.Transformers.Tokenization;

/// <summary>Finds characters of a class, each a match of its own.</summary>
internal sealed class RuneMatcher(Func<Rune, bool> isInClass) : IMatcher
{
    public List<TextRange> Matches(ReadOnlySpan<char> text)
    {
        var matches = new List<TextRange>();
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text[at..], out var rune, out length);
            if (isInClass(rune))
                matches.Add(new TextRange(at, at + length));
        }
        return matches;
    }
}
