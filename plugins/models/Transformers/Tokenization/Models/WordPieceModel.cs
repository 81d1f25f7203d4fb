using System.Text;

namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>The longest token that a word begins with, then the longest that the rest begins with, to its end; a word that cannot be made
/// so is unknown.</summary>
/// <param name="vocabulary">Ids by text.</param>
/// <param name="prefix">What tokens that do not begin a word have in front.</param>
/// <param name="unknown">The unknown token.</param>
/// <param name="longest">Characters of the longest word that is not unknown.</param>
internal sealed class WordPieceModel(Dictionary<string, int> vocabulary, string prefix, int unknown, int longest) : IPieceModel
{
    private readonly int _longestToken = vocabulary.Keys.Select(token => token.Length).DefaultIfEmpty(0).Max();

    public int[] Encode(ReadOnlySpan<char> piece)
    {
        if (piece.Length > longest && Count(piece) > longest)
            return [unknown];
        var ids = new List<int>();
        for (int at = 0, length; at < piece.Length; at += length)
        {
            length = Longest(at > 0 ? prefix : "", piece[at..], out var id);
            if (length == 0)
                return [unknown];
            ids.Add(id);
        }
        return [.. ids];
    }

    private int Longest(string before, ReadOnlySpan<char> rest, out int id)
    {
        var lookup = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> text = new char[before.Length + Math.Min(rest.Length, _longestToken)];
        before.CopyTo(text);
        rest[..(text.Length - before.Length)].CopyTo(text[before.Length..]);
        for (var length = text.Length - before.Length; length > 0; length--)
            if (lookup.TryGetValue(text[..(before.Length + length)], out id))
                return length;
        id = unknown;
        return 0;
    }

    private static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
            count++;
        return count;
    }
}
