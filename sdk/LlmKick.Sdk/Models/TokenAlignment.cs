using System.Text;

namespace LlmKick.Sdk.Models;

/// <summary>Finds the parts of a text that tokens stand for, of a tokenizer whose tokens are the text's own bytes.</summary>
internal static class TokenAlignment
{
    public static IReadOnlyList<TokenSpan> Of(ITokenizer tokenizer, string text, bool addSpecial, bool parseSpecial)
    {
        var own = tokenizer.Encode(text, addSpecial: false, parseSpecial);
        var all = addSpecial ? tokenizer.Encode(text, addSpecial: true, parseSpecial) : own;
        var before = all.AsSpan().IndexOf(own);
        if (before < 0)
            throw new LlmKickException(
                "The tokenizer cuts the text otherwise where it adds special tokens, so that its tokens cannot be placed in it.");
        var spans = Own(tokenizer, own, text);
        return [.. all.Take(before).Select(id => new TokenSpan(id, 0, 0)), .. spans,
            .. all.Skip(before + own.Length).Select(id => new TokenSpan(id, text.Length, text.Length))];
    }

    /// <summary>A token that holds a part of a character stands for the whole of it.</summary>
    private static List<TokenSpan> Own(ITokenizer tokenizer, int[] ids, string text)
    {
        var (bytes, units) = (Encoding.UTF8.GetBytes(text), Units(text));
        var (spans, at) = (new List<TokenSpan>(ids.Length), 0);
        foreach (var id in ids)
        {
            var token = tokenizer.Bytes(id).Span;
            if (!bytes.AsSpan(at).StartsWith(token))
                throw new LlmKickException($"The tokenizer changes the text: its token {id} is not what stands at byte {at}, so that its "
                    + $"tokens cannot be placed in it.");
            spans.Add(new TokenSpan(id, units[at].Start, token.IsEmpty ? units[at].Start : units[at + token.Length - 1].End));
            at += token.Length;
        }
        return spans;
    }

    /// <summary>By byte of the text's UTF-8, the character that it belongs to; one more at the end.</summary>
    private static List<(int Start, int End)> Units(string text)
    {
        var units = new List<(int, int)>(text.Length + 1);
        for (var at = 0; at < text.Length;)
        {
            Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out var length);
            for (var i = 0; i < rune.Utf8SequenceLength; i++)
                units.Add((at, at + length));
            at += length;
        }
        units.Add((text.Length, text.Length));
        return units;
    }
}
