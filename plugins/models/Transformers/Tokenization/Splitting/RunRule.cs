using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>Matches runs of a class of characters, of a least and a most length.</summary>
internal sealed record RunRule(Func<Rune, bool> IsInClass, int LeastRunes = 1, int MostRunes = int.MaxValue) : ISplitRule
{
    public int Match(ReadOnlySpan<char> text)
    {
        var length = CharacterClass.Run(text, IsInClass, MostRunes);
        return LeastRunes == 1 || CharacterClass.Run(text, IsInClass, LeastRunes - 1) < length ? length : 0;
    }
}
