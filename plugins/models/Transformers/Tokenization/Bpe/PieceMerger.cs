namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>Merges the symbols of a piece, lowest rank first and leftmost of equals.</summary>
internal static class PieceMerger
{
    /// <summary>Up to here looking through all pairs is faster than keeping them in order.</summary>
    private const int ShortPiece = 40;

    private const int None = int.MaxValue;

    /// <summary>Merges ids; the array is used up.</summary>
    public static int[] Merge(BpeMerges merges, int[] ids) => ids.Length switch
    {
        < 2 => ids,
        <= ShortPiece => MergeShort(merges, ids),
        _ => LongPieceMerger.Merge(merges, ids),
    };

    private static int[] MergeShort(BpeMerges merges, int[] ids)
    {
        var count = ids.Length;
        Span<(int Rank, int Merged)> pairs = stackalloc (int, int)[count - 1];
        for (var i = 0; i < pairs.Length; i++)
            pairs[i] = Pair(merges, ids, i);
        while (Best(pairs[..(count - 1)]) is >= 0 and var at)
        {
            ids[at] = pairs[at].Merged;
            count--;
            ids.AsSpan(at + 2, count - at - 1).CopyTo(ids.AsSpan(at + 1));
            if (at + 1 < count)
                pairs[(at + 2)..count].CopyTo(pairs[(at + 1)..]);
            if (at > 0)
                pairs[at - 1] = Pair(merges, ids, at - 1);
            if (at + 1 < count)
                pairs[at] = Pair(merges, ids, at);
        }
        return count == ids.Length ? ids : ids[..count];
    }

    private static int Best(ReadOnlySpan<(int Rank, int Merged)> pairs)
    {
        var (best, lowest) = (-1, None);
        for (var i = 0; i < pairs.Length; i++)
            if (pairs[i].Rank < lowest)
                (best, lowest) = (i, pairs[i].Rank);
        return best;
    }

    private static (int Rank, int Merged) Pair(BpeMerges merges, int[] ids, int at) =>
        merges.TryGet(ids[at], ids[at + 1], out var rank, out var merged) ? (rank, merged) : (None, 0);
}
