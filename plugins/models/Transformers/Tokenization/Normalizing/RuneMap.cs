using System.Text;

namespace LlmKick.Transformers.Tokenization.Normalizing;

/// <summary>Changes characters one by one.</summary>
/// <param name="change">What a character becomes: null for itself, an empty text for nothing.</param>
/// <param name="keepsAscii">Whether characters of ASCII all stay as they are.</param>
internal sealed class RuneMap(Func<Rune, string?> change, bool keepsAscii = false) : INormalizer
{
    public Fragment Normalize(Fragment text)
    {
        if (keepsAscii && Ascii.IsValid(text.Span))
            return text;
        var builder = new FragmentBuilder(text);
        var copied = 0;
        for (int at = 0, length; at < text.Length; at += length)
        {
            Rune.DecodeFromUtf16(text.Span[at..], out var rune, out length);
            if (change(rune) is not { } other)
                continue;
            builder.Copy(copied, at - copied);
            builder.Put(other, at, length);
            copied = at + length;
        }
        if (copied == 0)
            return text;
        builder.Copy(copied, text.Length - copied);
        return builder.Build();
    }
}
