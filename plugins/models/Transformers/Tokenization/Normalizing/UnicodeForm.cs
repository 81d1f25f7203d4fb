using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>One of Unicode's normal forms: NFC, NFD, NFKC, NFKD.</summary>
internal sealed class UnicodeForm(NormalizationForm form) : INormalizer
{
    // Vowels and final consonants of Hangul compose with what stands before them, and are letters.
    private const int FirstJamo = 0x1160;
    private const int LastJamo = 0x11FF;

    public Fragment Normalize(Fragment text)
    {
        if (Ascii.IsValid(text.Span) || text.Span.IsNormalized(form))
            return text;
        var whole = text.Span.ToString().Normalize(form);
        return text.Origins is null ? new Fragment(whole, 0, whole.Length, text.IsFirst, null) : Track(text, whole);
    }

    /// <summary>Cluster by cluster, each of a base and its marks; as a whole where clusters turn out to depend on one another.</summary>
    private Fragment Track(Fragment text, string whole)
    {
        var builder = new FragmentBuilder(text);
        for (int start = 0, end; start < text.Length; start = end)
        {
            end = ClusterEnd(text.Span, start);
            builder.Put(text.Span[start..end].ToString().Normalize(form), start, end - start);
        }
        var result = builder.Build();
        if (result.Text == whole)
            return result;
        builder.Cut(0);
        builder.Put(whole, 0, text.Length);
        return builder.Build();
    }

    private static int ClusterEnd(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        do
        {
            Rune.DecodeFromUtf16(text[end..], out _, out var length);
            end += length;
        }
        while (end < text.Length && Joins(text[end..]));
        return end;
    }

    private static bool Joins(ReadOnlySpan<char> text)
    {
        Rune.DecodeFromUtf16(text, out var rune, out _);
        return rune.Value is >= FirstJamo and <= LastJamo
            || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.EnclosingMark;
    }
}
