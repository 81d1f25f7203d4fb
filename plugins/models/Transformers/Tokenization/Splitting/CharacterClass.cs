using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>The Unicode classes of the split rules, over whole code points: \p{L}, \p{N}, \p{P} and \s.</summary>
internal static class CharacterClass
{
    public static bool IsLetter(Rune rune) => Rune.GetUnicodeCategory(rune) <= UnicodeCategory.OtherLetter;

    public static bool IsNumber(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.LetterNumber or UnicodeCategory.OtherNumber;

    public static bool IsPunctuation(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is >= UnicodeCategory.ConnectorPunctuation and <= UnicodeCategory.OtherPunctuation;

    public static bool IsSpace(Rune rune) => Rune.IsWhiteSpace(rune);

    /// <summary>Neither letter nor number nor white space.</summary>
    public static bool IsOther(Rune rune) => !IsLetter(rune) && !IsNumber(rune) && !IsSpace(rune);

    /// <summary>Length, in UTF-16 units, of the run at the start of a text.</summary>
    public static int Run(ReadOnlySpan<char> text, Func<Rune, bool> isInClass, int mostRunes = int.MaxValue)
    {
        var length = 0;
        for (var count = 0; count < mostRunes && TryFirst(text[length..], out var rune) && isInClass(rune); count++)
            length += rune.Utf16SequenceLength;
        return length;
    }

    public static bool TryFirst(ReadOnlySpan<char> text, out Rune rune)
    {
        rune = default;
        if (text.IsEmpty)
            return false;
        Rune.DecodeFromUtf16(text, out rune, out _);
        return true;
    }
}
