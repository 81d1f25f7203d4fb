using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Bert's words: punctuation characters one by one, and runs of what is neither punctuation nor white space.</summary>
internal sealed class BertRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        CharacterClass.TryFirst(text, out var first);
        return CharacterClass.IsBertPunctuation(first) ? first.Utf16SequenceLength : CharacterClass.Run(text, IsLetterLike);
    }

    private static bool IsLetterLike(Rune rune) => !CharacterClass.IsSpace(rune) && !CharacterClass.IsBertPunctuation(rune);
}
