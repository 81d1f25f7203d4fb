using System.Globalization;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>
/// A precompiled normalization as Hugging Face applies it: grapheme by grapheme where one is shorter than six bytes, else character by
/// character, and of several entries the shortest decides for the whole.
/// </summary>
internal sealed class GraphemeMap(Charsmap? map) : INormalizer
{
    private const int LongGrapheme = 6;

    public Fragment Normalize(Fragment text)
    {
        if (map is null)
            return text;
        var builder = new FragmentBuilder(text);
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = StringInfo.GetNextTextElementLength(text.Span[at..]);
            if (!TryPut(builder, text, at, length, LongGrapheme - 1))
                PutCharacters(builder, text, at, length);
        }
        return builder.Build();
    }

    private void PutCharacters(FragmentBuilder builder, Fragment text, int start, int count)
    {
        for (int at = start, length; at < start + count; at += length)
        {
            Rune.DecodeFromUtf16(text.Span[at..], out _, out length);
            if (!TryPut(builder, text, at, length, int.MaxValue))
                builder.Copy(at, length);
        }
    }

    private bool TryPut(FragmentBuilder builder, Fragment text, int at, int length, int mostBytes)
    {
        var part = text.Span.Slice(at, length);
        if (Encoding.UTF8.GetByteCount(part) is var size && size > mostBytes)
            return false;
        Span<byte> bytes = size <= 64 ? stackalloc byte[size] : new byte[size];
        Encoding.UTF8.GetBytes(part, bytes);
        if (map!.Find(bytes, longest: false, out _) is not { } other)
            return false;
        builder.Put(other, at, length);
        return true;
    }
}
