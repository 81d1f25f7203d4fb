namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>
/// Merges the symbols of a long piece, lowest rank first and leftmost of equals, over a linked list with a heap:
/// a piece of n symbols takes n log n steps.
/// </summary>
internal sealed class LongPieceMerger
{
    private const int None = -1;

    private readonly BpeMerges _merges;
    private readonly int[] _ids;
    private readonly int[] _previous;
    private readonly int[] _next;
    private readonly PriorityQueue<(int Left, int Right, int Merged), (int Rank, int Position)> _candidates;

    private LongPieceMerger(BpeMerges merges, int[] ids)
    {
        (_merges, _ids) = (merges, ids);
        _previous = [.. Enumerable.Range(-1, ids.Length)];
        _next = [.. Enumerable.Range(1, ids.Length)];
        _next[^1] = None;
        _candidates = new(ids.Length);
    }

    /// <summary>Merges ids; the array is used up.</summary>
    public static int[] Merge(BpeMerges merges, int[] ids) => new LongPieceMerger(merges, ids).Run();

    private int[] Run()
    {
        for (var i = 0; i + 1 < _ids.Length; i++)
            Consider(i);
        while (_candidates.TryDequeue(out var pair, out var place))
            if (IsCurrent(place.Position, pair.Left, pair.Right))
                Join(place.Position, pair.Merged);
        return Collect();
    }

    private void Consider(int position)
    {
        if (position == None || _next[position] == None)
            return;
        var (left, right) = (_ids[position], _ids[_next[position]]);
        if (_merges.TryGet(left, right, out var rank, out var merged))
            _candidates.Enqueue((left, right, merged), (rank, position));
    }

    private bool IsCurrent(int position, int left, int right) =>
        _ids[position] == left && _next[position] != None && _ids[_next[position]] == right;

    private void Join(int position, int merged)
    {
        var right = _next[position];
        (_ids[position], _ids[right]) = (merged, None);
        _next[position] = _next[right];
        if (_next[right] != None)
            _previous[_next[right]] = position;
        Consider(_previous[position]);
        Consider(position);
    }

    private int[] Collect()
    {
        var result = new List<int>();
        for (var i = 0; i != None; i = _next[i])
            result.Add(_ids[i]);
        return [.. result];
    }
}
