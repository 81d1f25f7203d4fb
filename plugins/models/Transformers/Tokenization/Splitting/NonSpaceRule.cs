namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Runs without white space.</summary>
internal sealed class NonSpaceRule : ISplitRule
{
    public int Match(ReadOnlySpan<char> text) => CharacterClass.Run(text, rune => !CharacterClass.IsSpace(rune));
}
