using System.Text;

namespace LlmKick.Transformers.Tokenization.Patterns;

/// <summary>Characters that are the same where case does not count.</summary>
internal static class CaseFolding
{
    // What is named by its whole category has both cases or none of its own; to fold it letter by letter says nothing.
    private const int MostPoints = 512;

    private static readonly (int Odd, int Letter)[] Odd = [(0x17F, 's'), (0x212A, 'k'), (0x212B, 0xE5), (0x1E9E, 0xDF), (0x3C2, 0x3C3)];

    /// <summary>The set with what its characters are in the other case, where that is asked for.</summary>
    public static CodePointSet Close(CodePointSet set, bool ignoresCase) => !ignoresCase || set.Count > MostPoints
        ? set
        : CodePointSet.Union(set, CodePointSet.Of(
            set.Ranges.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1)).SelectMany(Others)));

    private static IEnumerable<int> Others(int point)
    {
        if (!Rune.TryCreate(point, out var rune))
            yield break;
        var small = Small(rune);
        yield return small;
        yield return Rune.ToUpperInvariant(new Rune(small)).Value;
        foreach (var (odd, letter) in Odd)
            if (letter == small)
                yield return odd;
    }

    private static int Small(Rune rune) => Array.Find(Odd, row => row.Odd == rune.Value) is { Letter: > 0 and var letter } ? letter
        : Rune.ToLowerInvariant(rune).Value;
}
