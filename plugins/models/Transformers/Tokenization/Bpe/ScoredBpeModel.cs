using System.Text;
using LlmKick.Transformers.Tokenization.Models;

namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>
/// SentencePiece's BPE: any two neighbours that make a piece are merged, best score first and leftmost of equals, and characters
/// without a piece are dealt with at the end.
/// </summary>
internal sealed class ScoredBpeModel : IPieceModel
{
    private readonly int _count;
    private readonly BpeMerges _merges;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _ids;
    private readonly UnknownRule _unknown;
    private readonly TextMatches _whole;
    private readonly Dictionary<int, int[]> _unused;

    /// <summary>Creates the model.</summary>
    /// <param name="pieces">The pieces that a text may consist of, ids by text.</param>
    /// <param name="count">Number of ids, others included.</param>
    /// <param name="score">The score of each.</param>
    /// <param name="unknown">What characters without a piece become; runs are one unknown token.</param>
    /// <param name="whole">Pieces that are found before anything is merged, and not merged further.</param>
    /// <param name="unused">Pieces that are taken apart again.</param>
    public ScoredBpeModel(Dictionary<string, int> pieces, int count, Func<int, float> score, UnknownRule unknown,
        IEnumerable<string>? whole = null, IReadOnlyCollection<string>? unused = null)
    {
        (_count, _unknown, _whole) = (count, unknown, new TextMatches(whole ?? []));
        _ids = pieces.GetAlternateLookup<ReadOnlySpan<char>>();
        _merges = Merges(pieces, score, except: null);
        // What nothing else makes stays what it is.
        _unused = (unused ?? []).Select(text => (Id: pieces[text], Parts: PieceMerger.Merge(Merges(pieces, score, text), Symbols(text))))
            .Where(row => row.Parts.Length > 1).ToDictionary(row => row.Id, row => row.Parts);
    }

    public int[] Encode(ReadOnlySpan<char> piece)
    {
        var (ids, isUnknown) = (new List<int>(), false);
        foreach (var symbol in PieceMerger.Merge(_merges, Symbols(piece)))
            Add(symbol, ids, ref isUnknown);
        return [.. ids];
    }

    /// <summary>Frozen symbols are negative, so that no merge has them; characters without a piece come behind all ids.</summary>
    private int[] Symbols(ReadOnlySpan<char> text)
    {
        var symbols = new List<int>(text.Length);
        for (int at = 0, length; at < text.Length; at += length)
        {
            length = _whole.Match(text[at..]);
            if (length > 0)
            {
                symbols.Add(-1 - _ids[text.Slice(at, length)]);
                continue;
            }
            Rune.DecodeFromUtf16(text[at..], out var rune, out length);
            symbols.Add(_ids.TryGetValue(text.Slice(at, length), out var id) ? id : _count + rune.Value);
        }
        return [.. symbols];
    }

    private void Add(int symbol, List<int> ids, ref bool isUnknown)
    {
        if (symbol >= _count)
        {
            AddUnknown(new Rune(symbol - _count), ids, ref isUnknown);
            return;
        }
        isUnknown = false;
        var id = symbol < 0 ? -1 - symbol : symbol;
        if (!_unused.TryGetValue(id, out var parts))
            ids.Add(id);
        else
            foreach (var part in parts)
                Add(part, ids, ref isUnknown);
    }

    private void AddUnknown(Rune rune, List<int> ids, ref bool isUnknown)
    {
        if (_unknown.Bytes?.TryAdd(rune.ToString(), ids) == true)
            isUnknown = false;
        else
        {
            if (!isUnknown && _unknown.Id is { } id)
                ids.Add(id);
            isUnknown = true;
        }
    }

    private BpeMerges Merges(Dictionary<string, int> pieces, Func<int, float> score, string? except)
    {
        var merges = new BpeMerges();
        var ranks = pieces.Values.Select(score).Distinct().OrderDescending().Select((value, rank) => (value, rank)).ToDictionary();
        foreach (var (text, id) in pieces)
            for (var at = 1; text != except && at < text.Length; at++)
                if (Symbol(text.AsSpan(0, at)) is { } left && Symbol(text.AsSpan(at)) is { } right)
                    merges.Add(left, right, ranks[score(id)], id);
        return merges;
    }

    /// <summary>A piece, or a character without one.</summary>
    private int? Symbol(ReadOnlySpan<char> text)
    {
        if (_ids.TryGetValue(text, out var id))
            return id;
        return Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done
            && length == text.Length ? _count + rune.Value : null;
    }
}
