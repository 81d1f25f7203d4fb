using System.Globalization;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Names as Python knows them.</summary>
internal static class Identifiers
{
    /// <summary>Where the word that stands at a place ends.</summary>
    public static int End(string text, int at)
    {
        while (at < text.Length
            && (IsLetter(text, at) || IsInner(text, at) || CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.OtherNumber))
            at += char.IsSurrogatePair(text, at) ? 2 : 1;
        return at;
    }

    public static bool IsIdentifier(string text)
    {
        if (text.Length == 0 || !IsLetter(text, 0))
            return false;
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
            if (!IsLetter(text, at) && !IsInner(text, at))
                return false;
        return true;
    }

    private static bool IsLetter(string text, int at) => text[at] == '_' || CharUnicodeInfo.GetUnicodeCategory(text, at) is
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber;

    private static bool IsInner(string text, int at) => text[at] == '·' || CharUnicodeInfo.GetUnicodeCategory(text, at) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.ConnectorPunctuation;
}
