using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Matches runs of a class of characters, of a least and a most length.</summary>
internal sealed class RunRule(Func<Rune, bool> isInClass, int leastRunes = 1, int mostRunes = int.MaxValue) : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var length = CharacterClass.Run(text, isInClass, mostRunes);
        return leastRunes == 1 || CharacterClass.Run(text, isInClass, leastRunes - 1) < length ? length : 0;
    }
}
