using System.Globalization;
using System.Text;
using LlmKick.Transformers.Tokenization.Normalizing;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>The normalizers that change characters one by one.</summary>
internal static class CharacterMaps
{
    // The only character whose small form has two characters.
    private const int DottedI = 0x130;

    private static readonly string?[] SmallLetters =
        [.. Enumerable.Range(0, 128).Select(i => i is >= 'A' and <= 'Z' ? ((char)(i + 32)).ToString() : null)];
    private static readonly Dictionary<int, string> Controls = Enumerable.Range(0, 32).Append(0x7F).ToDictionary(i => i, _ => "");

    public static RuneMap Lowercase { get; } = new(Lower);

    /// <summary>Drops every combining mark.</summary>
    public static RuneMap StripAccents { get; } = new(rune => CharacterClass.IsMark(rune) ? "" : null, keepsAscii: true);

    /// <summary>Drops marks that take no space of their own.</summary>
    public static RuneMap StripNonSpacing { get; } =
        new(rune => Rune.GetUnicodeCategory(rune) == UnicodeCategory.NonSpacingMark ? "" : null, keepsAscii: true);

    /// <summary>What machine translation's tools do: control characters go, odd spaces become plain.</summary>
    public static RuneMap Nmt { get; } = new(CleanForTranslation);

    /// <summary>Bert's cleaning: characters without a meaning go, white space becomes plain.</summary>
    public static RuneMap BertClean { get; } = new(Clean);

    /// <summary>Spaces around Chinese characters.</summary>
    public static RuneMap BertChinese { get; } = new(rune => CharacterClass.IsChinese(rune) ? $" {rune} " : null, keepsAscii: true);

    /// <summary>Each byte as a character of the byte alphabet.</summary>
    public static RuneMap ByteLevel { get; } = new(Spell);

    private static string? Lower(Rune rune)
    {
        if (rune.IsAscii)
            return SmallLetters[rune.Value];
        if (rune.Value == DottedI)
            return "i\u0307";
        var lower = Rune.ToLowerInvariant(rune);
        return lower == rune ? null : lower.ToString();
    }

    private static string? CleanForTranslation(Rune rune) => rune.Value switch
    {
        (>= 1 and <= 8) or 0x0B or (>= 0x0E and <= 0x1F) or 0x7F or 0x8F or 0x9F => "",
        0x09 or 0x0A or 0x0C or 0x0D or 0x1680 or (>= 0x200B and <= 0x200F) or 0x2028 or 0x2029 or 0x2581 or 0xFEFF or 0xFFFD => " ",
        _ => null,
    };

    private static string? Clean(Rune rune)
    {
        if (rune.Value is ' ' || (rune.IsAscii && rune.Value > ' ' && rune.Value < 0x7F))
            return null;
        if (rune.Value is '\t' or '\n' or '\r')
            return " ";
        if (rune.Value == 0xFFFD || Controls.ContainsKey(rune.Value) || CharacterClass.IsControl(rune))
            return "";
        return Rune.IsWhiteSpace(rune) ? " " : null;
    }

    private static string Spell(Rune rune)
    {
        Span<byte> bytes = stackalloc byte[4];
        Span<char> text = stackalloc char[4];
        var count = rune.EncodeToUtf8(bytes);
        for (var i = 0; i < count; i++)
            text[i] = ByteAlphabet.Character(bytes[i]);
        return text[..count].ToString();
    }
}
