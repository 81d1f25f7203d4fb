using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Cuts by a rule: each match is a piece, and so is what lies between two, unless it is dropped.</summary>
/// <param name="rule">The rule.</param>
/// <param name="dropsOthers">Whether only matches are kept.</param>
internal sealed class RuleSplitter(ISplitRule rule, bool dropsOthers = false) : IPreTokenizer
{
    public ISplitRule Rule => rule;

    public void Split(Fragment text, Action<Fragment> onPiece)
    {
        for (int start = 0, length; start < text.Length; start += length)
        {
            length = rule.Match(text.Span[start..]);
            var isMatch = length > 0;
            if (!isMatch)
                length = Gap(text.Span[start..]);
            if (isMatch || !dropsOthers)
                onPiece(text.Slice(start, length));
        }
    }

    /// <summary>Length of the text up to the next match.</summary>
    private int Gap(ReadOnlySpan<char> text)
    {
        var length = 0;
        do
        {
            Rune.DecodeFromUtf16(text[length..], out _, out var consumed);
            length += consumed;
        }
        while (length < text.Length && rule.Match(text[length..]) == 0);
        return length;
    }
}
