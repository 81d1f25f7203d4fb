namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Runs of word characters, and runs of what is neither word nor white space.</summary>
internal sealed class WordRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var word = CharacterClass.Run(text, CharacterClass.IsWord);
        return word > 0 ? word : CharacterClass.Run(text, rune => !CharacterClass.IsWord(rune) && !CharacterClass.IsSpace(rune));
    }
}
