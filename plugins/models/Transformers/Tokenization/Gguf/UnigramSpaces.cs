using System.Text;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>llama.cpp's normalization for Unigram: a table of characters, and a mark for a space before words.</summary>
internal sealed class UnigramSpaces(Charsmap? map, SpaceRules rules) : INormalizer
{
    private const string Mark = "\u2581";
    // Tables have entries of a few characters; not all of a long text is made bytes of for each.
    private const int LongestEntry = 64;

    public Fragment Normalize(Fragment text)
    {
        var (builder, isInWord, isPrefixed) = (new FragmentBuilder(text), false, false);
        for (int at = 0, length; at < text.Length; at += length)
            foreach (var unit in Next(text.Span[at..], out length))
            {
                if (unit == ' ')
                {
                    isInWord = false;
                    if (!rules.RemovesExtra)
                        builder.Put(Mark, at, length);
                    continue;
                }
                if (!isInWord && (rules.RemovesExtra || (rules.AddsPrefix && !isPrefixed)))
                {
                    builder.Put(Mark, at, 0);
                    isPrefixed = true;
                }
                isInWord = true;
                builder.Put([unit], at, length);
            }
        return builder.Build();
    }

    private string Next(ReadOnlySpan<char> text, out int length)
    {
        Span<byte> bytes = stackalloc byte[3 * LongestEntry];
        Encoding.UTF8.TryGetBytes(text[..Math.Min(text.Length, LongestEntry)], bytes, out var count);
        if (map?.Find(bytes[..count], longest: true, out var size) is { } other)
        {
            length = Encoding.UTF8.GetCharCount(bytes[..size]);
            return other;
        }
        Rune.DecodeFromUtf16(text, out _, out length);
        return text[..length].ToString();
    }
}
