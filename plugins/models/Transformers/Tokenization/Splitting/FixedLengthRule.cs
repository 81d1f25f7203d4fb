namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Pieces of a number of characters.</summary>
internal sealed class FixedLengthRule(int length) : ISplitRule
{
    public int Match(ReadOnlySpan<char> text) => CharacterClass.Run(text, _ => true, length);
}
