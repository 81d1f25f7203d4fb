namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>GPT-2's words: contractions, then letters, numbers or others with one space before them, then white space.</summary>
internal sealed class Gpt2Rule : ISplitRule
{
    public const string Pattern = @"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+";

    public int Match(ReadOnlySpan<char> text)
    {
        var contraction = Contractions.Match(text, ignoreCase: false);
        if (contraction > 0)
            return contraction;
        var space = text[0] == ' ' ? 1 : 0;
        var word = Word(text[space..]);
        return word > 0 ? space + word : SpaceRun.Match(text);
    }

    private static int Word(ReadOnlySpan<char> text)
    {
        var letters = CharacterClass.Run(text, CharacterClass.IsLetter);
        if (letters > 0)
            return letters;
        var numbers = CharacterClass.Run(text, CharacterClass.IsNumber);
        return numbers > 0 ? numbers : CharacterClass.Run(text, CharacterClass.IsOther);
    }
}
