using System.Collections.Concurrent;

namespace LlmKick.Transformers.Tokenization.Models;

/// <summary>Remembers the ids of short pieces, up to a number: words repeat.</summary>
internal sealed class PieceCache(IPieceModel model) : IPieceModel
{
    // Longer ones hardly come again.
    private const int LongestPiece = 64;
    // About 20 MB; a language's common words are fewer.
    private const int MostPieces = 1 << 17;

    private readonly ConcurrentDictionary<string, int[]> _known = new(StringComparer.Ordinal);
    private int _count;

    public int[] Encode(ReadOnlySpan<char> piece)
    {
        if (piece.Length > LongestPiece)
            return model.Encode(piece);
        if (_known.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(piece, out var ids))
            return ids;
        ids = model.Encode(piece);
        if (_count < MostPieces && _known.TryAdd(piece.ToString(), ids))
            Interlocked.Increment(ref _count);
        return ids;
    }
}
