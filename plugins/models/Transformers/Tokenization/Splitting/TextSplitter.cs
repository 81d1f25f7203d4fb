using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>What is done with a piece.</summary>
internal delegate void PieceAction(ReadOnlySpan<char> piece);

/// <summary>Applies rules one after the other: each cuts every piece that the rule before it left.</summary>
internal sealed class TextSplitter(params ISplitRule[] rules)
{
    public void Split(ReadOnlySpan<char> text, PieceAction action) => Split(text, 0, action);

    private void Split(ReadOnlySpan<char> text, int level, PieceAction action)
    {
        if (level == rules.Length)
        {
            action(text);
            return;
        }
        while (!text.IsEmpty)
        {
            var length = Next(rules[level], text);
            Split(text[..length], level + 1, action);
            text = text[length..];
        }
    }

    /// <summary>The match at the start, or the text up to the next match: nothing is dropped.</summary>
    private static int Next(ISplitRule rule, ReadOnlySpan<char> text)
    {
        var length = rule.Match(text);
        if (length > 0)
            return length;
        while (length < text.Length)
        {
            Rune.DecodeFromUtf16(text[length..], out _, out var consumed);
            length += consumed;
            if (length < text.Length && rule.Match(text[length..]) > 0)
                break;
        }
        return length;
    }
}
