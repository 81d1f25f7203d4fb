using System.Globalization;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>What kinds of characters there are, as Python tells them apart.</summary>
internal static class Characters
{
    public static bool IsPrintable(string text, int at) => text[at] == ' ' || CharUnicodeInfo.GetUnicodeCategory(text, at) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.Surrogate or UnicodeCategory.PrivateUse
            or UnicodeCategory.OtherNotAssigned
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator);

    public static bool IsLetter(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) <= UnicodeCategory.OtherLetter;

    public static bool IsDecimal(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.DecimalDigitNumber;

    public static bool IsDigit(string text, int at) => IsDecimal(text, at) || CharUnicodeInfo.GetDigitValue(text, at) >= 0;

    public static bool IsNumeric(string text, int at) => CharUnicodeInfo.GetNumericValue(text, at) != -1;

    public static bool IsAlphanumeric(string text, int at) => IsLetter(text, at) || IsNumeric(text, at);

    public static bool IsUpper(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.UppercaseLetter
        || CodePoints.Value(text, at) is >= 0x2160 and <= 0x216f or >= 0x24b6 and <= 0x24cf or >= 0x1f130 and <= 0x1f149 or >= 0x1f150
        and <= 0x1f169 or >= 0x1f170 and <= 0x1f189;

    public static bool IsLower(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.LowercaseLetter
        || CodePoints.Value(text, at) is 0xaa or 0xba or >= 0x2b0 and <= 0x2b8 or >= 0x2170 and <= 0x217f or >= 0x24d0 and <= 0x24e9;

    public static bool IsTitle(string text, int at) => CharUnicodeInfo.GetUnicodeCategory(text, at) == UnicodeCategory.TitlecaseLetter;

    public static bool IsCased(string text, int at) => IsUpper(text, at) || IsLower(text, at) || IsTitle(text, at);

    /// <summary>Whether all code points of a text that is not empty are of a kind.</summary>
    public static bool All(string text, Func<string, int, bool> kind)
    {
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
            if (!kind(text, at))
                return false;
        return text.Length > 0;
    }

    public static bool Any(string text, Func<string, int, bool> kind)
    {
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
            if (kind(text, at))
                return true;
        return false;
    }
}
