using System.Globalization;
using System.Text;

namespace LlmKick.Sdk.Templates.Values;

/// <summary>Upper, lower and title case with Unicode's full mappings, which may make several characters of one.</summary>
internal static class Casing
{
    public static string Upper(string text) => Map(text, Uppered);

    public static string Fold(string text) =>
        Map(text, (all, at) => CaseTable.Fold(CodePoints.At(all, at)) ?? Lowered(CodePoints.At(all, at)));

    public static string Lower(string text) => Map(text, Lowered);

    public static string Capitalize(string text) => Map(text, (all, at) => at == 0 ? Titled(all, at) : Lowered(all, at));

    public static string Swap(string text) => Map(text, (all, at) => Characters.IsUpper(all, at) ? Lowered(all, at)
        : Characters.IsLower(all, at) ? Uppered(all, at) : CodePoints.At(all, at));

    public static string Title(string text)
    {
        var inside = false;
        return Map(text, (all, at) =>
        {
            var result = inside ? Lowered(all, at) : Titled(all, at);
            inside = Characters.IsCased(all, at);
            return result;
        });
    }

    public static bool IsLower(string text) => Characters.Any(text, Characters.IsLower)
        && !Characters.Any(text, (all, at) => Characters.IsUpper(all, at) || Characters.IsTitle(all, at));

    public static bool IsUpper(string text) => Characters.Any(text, Characters.IsUpper)
        && !Characters.Any(text, (all, at) => Characters.IsLower(all, at) || Characters.IsTitle(all, at));

    public static bool IsTitle(string text)
    {
        var (cased, before) = (false, false);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
        {
            var begins = Characters.IsUpper(text, at) || Characters.IsTitle(text, at);
            if (begins ? before : Characters.IsLower(text, at) && !before)
                return false;
            before = begins || Characters.IsLower(text, at);
            cased |= before;
        }
        return cased;
    }

    private static string Map(string text, Func<string, int, string> map)
    {
        var result = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length; at += char.IsSurrogatePair(text, at) ? 2 : 1)
            result.Append(map(text, at));
        Evaluation.Text(result.Length);
        return result.ToString();
    }

    private static string Uppered(string text, int at) => CodePoints.At(text, at) is var one
        && CaseTable.Upper(one) is { } special ? special : one.ToUpperInvariant();

    private static string Titled(string text, int at) => CaseTable.Title(CodePoints.At(text, at)) ?? Uppered(text, at);

    private static string Lowered(string text, int at) => text[at] == 'Σ' && IsFinal(text, at) ? "ς" : Lowered(CodePoints.At(text, at));

    private static string Lowered(string one) => CaseTable.Lower(one) ?? one.ToLowerInvariant();

    // A sigma behind a letter and before none is the final one.
    private static bool IsFinal(string text, int at)
    {
        var before = at - 1;
        while (before >= 0 && IsIgnored(text, before))
            before--;
        var after = at + 1;
        while (after < text.Length && IsIgnored(text, after))
            after++;
        return before >= 0 && Characters.IsCased(text, before > 0 && char.IsSurrogatePair(text, before - 1) ? before - 1 : before)
            && (after >= text.Length || !Characters.IsCased(text, after));
    }

    private static bool IsIgnored(string text, int at) =>
        text[at] is '\'' or '.' or ':' or '^' or '`' or '·' or '’' or '¨' or '\u00ad' or '\u00af' or '\u00b4' or '\u00b8'
            || CharUnicodeInfo.GetUnicodeCategory(text[at]) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format or UnicodeCategory.ModifierLetter or UnicodeCategory.ModifierSymbol;
}
