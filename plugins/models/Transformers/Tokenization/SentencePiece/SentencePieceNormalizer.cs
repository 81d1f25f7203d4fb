using System.Text;
using LlmKick.Transformers.Tokenization.Normalizing;

namespace LlmKick.Transformers.Tokenization.SentencePiece;

/// <summary>SentencePiece's normalization: its table of characters, then its rules for spaces.</summary>
/// <param name="map">The table; null for none.</param>
/// <param name="rules">How spaces are treated.</param>
/// <param name="whole">Pieces that the table leaves alone.</param>
internal sealed class SentencePieceNormalizer(Charsmap? map, SpaceRules rules, IEnumerable<string> whole) : INormalizer
{
    private const string Mark = "\u2581";
    // Tables have entries of a few characters; not all of a long text is made bytes of for each.
    private const int LongestEntry = 64;

    private readonly TextMatches _whole = new(whole);
    private readonly string _space = rules.Escapes ? Mark : " ";

    public Fragment Normalize(Fragment text)
    {
        var builder = new FragmentBuilder(text);
        var (isSpace, start) = (rules.RemovesExtra, rules.RemovesExtra ? Leading(text) : 0);
        if (start >= text.Length)
            return builder.Build();
        if (rules.AddsPrefix && !rules.IsSuffix)
            builder.Put(_space, start, 0);
        for (int at = start, length; at < text.Length; at += length)
        {
            var part = Next(text.Span[at..], out length);
            if (isSpace)
                part = part.TrimStart(' ');
            if (part.Length == 0)
                continue;
            isSpace = rules.RemovesExtra && part[^1] == ' ';
            builder.Put(rules.Escapes ? part.Replace(" ", Mark, StringComparison.Ordinal) : part, at, length);
        }
        for (var end = builder.Length; rules.RemovesExtra && end > 0 && builder[end - 1] == _space[0]; end--)
            builder.Cut(end - 1);
        if (rules.AddsPrefix && rules.IsSuffix)
            builder.Put(_space, text.Length, 0);
        return builder.Build();
    }

    /// <summary>Length of what becomes spaces at the start.</summary>
    private int Leading(Fragment text)
    {
        var at = 0;
        while (at < text.Length && Next(text.Span[at..], out var length) == " ")
            at += length;
        return at;
    }

    private string Next(ReadOnlySpan<char> text, out int length)
    {
        length = _whole.Match(text);
        if (length > 0)
            return text[..length].ToString();
        if (map is not null && Mapped(text, out length) is { } other)
            return other;
        Rune.DecodeFromUtf16(text, out _, out length);
        return text[..length].ToString();
    }

    private string? Mapped(ReadOnlySpan<char> text, out int length)
    {
        Span<byte> bytes = stackalloc byte[3 * LongestEntry];
        Encoding.UTF8.TryGetBytes(text[..Math.Min(text.Length, LongestEntry)], bytes, out var count);
        var result = map!.Find(bytes[..count], longest: true, out var size);
        length = Encoding.UTF8.GetCharCount(bytes[..size]);
        return result;
    }
}
