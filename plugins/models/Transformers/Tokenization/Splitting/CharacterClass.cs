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

    public static bool IsMark(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
            or UnicodeCategory.EnclosingMark;

    /// <summary>Control and format characters, and private ones.</summary>
    public static bool IsControl(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse;

    /// <summary>Bert's punctuation: everything printable of ASCII that is neither letter nor digit, and Unicode's.</summary>
    public static bool IsBertPunctuation(Rune rune) => rune.IsAscii ? rune.Value > ' ' && rune.Value < 0x7F
        && !char.IsAsciiLetterOrDigit((char)rune.Value) : IsPunctuation(rune);

    /// <summary>\w: letters, marks, digits, connectors, joiners, and letters in circles and squares.</summary>
    public static bool IsWord(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.LetterNumber or UnicodeCategory.ConnectorPunctuation
            || rune.Value is 0x200C or 0x200D or (>= 0x24B6 and <= 0x24E9) or (>= 0x1F130 and <= 0x1F149) or (>= 0x1F150 and <= 0x1F169)
                or (>= 0x1F170 and <= 0x1F189);

    /// <summary>Chinese characters as Bert counts them.</summary>
    public static bool IsChinese(Rune rune) =>
        rune.Value is (>= 0x4E00 and <= 0x9FFF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x20000 and <= 0x2A6DF)
        or (>= 0x2A700 and <= 0x2B73F) or (>= 0x2B740 and <= 0x2B81F) or (>= 0x2B920 and <= 0x2CEAF) or (>= 0xF900 and <= 0xFAFF)
            or (>= 0x2F800 and <= 0x2FA1F);

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
