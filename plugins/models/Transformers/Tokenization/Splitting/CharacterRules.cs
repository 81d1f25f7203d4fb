using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Runs of word characters, and runs of what is neither word nor white space.</summary>
internal sealed class WordRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var word = CharacterClass.Run(text, CharacterClass.IsWord);
        return word > 0 ? word : CharacterClass.Run(text, rune => !CharacterClass.IsWord(rune) && !CharacterClass.IsSpace(rune));
    }
}

/// <summary>Runs without white space.</summary>
internal sealed class NonSpaceRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text) => CharacterClass.Run(text, rune => !CharacterClass.IsSpace(rune));
}

/// <summary>Bert's words: punctuation characters one by one, and runs of what is neither punctuation nor white space.</summary>
internal sealed class BertRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        CharacterClass.TryFirst(text, out var first);
        return CharacterClass.IsBertPunctuation(first) ? first.Utf16SequenceLength : CharacterClass.Run(text, IsLetterLike);
    }

    private static bool IsLetterLike(Rune rune) => !CharacterClass.IsSpace(rune) && !CharacterClass.IsBertPunctuation(rune);
}

/// <summary>Runs of line feeds, and what lies between them.</summary>
internal sealed class LineRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var end = text[0] == '\n' ? text.IndexOfAnyExcept('\n') : text.IndexOf('\n');
        return end < 0 ? text.Length : end;
    }
}

/// <summary>Pieces of a number of characters.</summary>
internal sealed class FixedLengthRule(int length) : ISplitRule
{
    public int Match(ReadOnlySpan<char> text) => CharacterClass.Run(text, _ => true, length);
}

/// <summary>Matches runs of a class of characters, of a least and a most length.</summary>
internal sealed record RunRule(Func<Rune, bool> IsInClass, int LeastRunes = 1, int MostRunes = int.MaxValue) : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var length = CharacterClass.Run(text, IsInClass, MostRunes);
        return LeastRunes == 1 || CharacterClass.Run(text, IsInClass, LeastRunes - 1) < length ? length : 0;
    }
}

/// <summary>The common end of the word rules: <c>\s+(?!\S)|\s+</c>. White space all lies in the basic plane: one unit each.</summary>
internal static class SpaceRun
{
    /// <summary>A run of white space, without its last character where a word follows and something is left.</summary>
    public static int Match(ReadOnlySpan<char> text)
    {
        var run = CharacterClass.Run(text, CharacterClass.IsSpace);
        return run > 1 && run < text.Length ? run - 1 : run;
    }
}
