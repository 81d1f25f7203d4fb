using System.Text;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>A symbol a character; what has none becomes bytes, the unknown token, or nothing.</summary>
internal sealed class CharacterSymbols : ISymbols
{
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _vocabulary;
    private readonly UnknownRule _unknown;
    private readonly string _prefix;
    private readonly string _suffix;

    /// <summary>Creates the reader.</summary>
    /// <param name="vocabulary">Ids by text.</param>
    /// <param name="unknown">What characters without a token become.</param>
    /// <param name="prefix">What the text of every symbol but a piece's first has in front.</param>
    /// <param name="suffix">What the text of a piece's last symbol has behind it.</param>
    public CharacterSymbols(Dictionary<string, int> vocabulary, UnknownRule unknown, string prefix = "", string suffix = "")
    {
        _vocabulary = vocabulary.GetAlternateLookup<ReadOnlySpan<char>>();
        (_unknown, _prefix, _suffix) = (unknown, prefix, suffix);
    }

    public int[] Read(ReadOnlySpan<char> piece)
    {
        var (ids, unknown) = (new List<int>(piece.Length), false);
        for (int at = 0, length; at < piece.Length; at += length)
        {
            Rune.DecodeFromUtf16(piece[at..], out _, out length);
            var text = Text(piece, at, length);
            if (_vocabulary.TryGetValue(text, out var id))
            {
                Flush(ids, ref unknown);
                ids.Add(id);
            }
            else if (_unknown.Bytes?.TryAdd(text, ids) != true)
            {
                if (!_unknown.Fuses)
                    Flush(ids, ref unknown);
                unknown = true;
            }
        }
        Flush(ids, ref unknown);
        return [.. ids];
    }

    public string Spell(ReadOnlySpan<char> piece) => piece.ToString();

    private ReadOnlySpan<char> Text(ReadOnlySpan<char> piece, int at, int length)
    {
        var text = piece.Slice(at, length);
        var (prefix, suffix) = (at > 0 ? _prefix : "", at + length == piece.Length ? _suffix : "");
        return prefix.Length + suffix.Length == 0 ? text : string.Concat(prefix, text, suffix);
    }

    /// <summary>As in the reference, an unknown character comes behind the bytes of those that follow it.</summary>
    private void Flush(List<int> ids, ref bool unknown)
    {
        if (unknown && _unknown.Id is { } id)
            ids.Add(id);
        unknown = false;
    }
}
