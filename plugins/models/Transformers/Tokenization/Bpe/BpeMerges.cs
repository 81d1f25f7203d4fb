namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>Which two neighbours become one token, and how early.</summary>
internal sealed class BpeMerges
{
    private readonly Dictionary<long, (int Rank, int Id)> _pairs;

    /// <summary>Merges in order of rank; of a pair that is listed twice the last counts, as in the reference.</summary>
    public BpeMerges(IReadOnlyList<(int Left, int Right, int Merged)> merges)
    {
        _pairs = new(merges.Count);
        for (var rank = 0; rank < merges.Count; rank++)
            Add(merges[rank].Left, merges[rank].Right, rank, merges[rank].Merged);
    }

    public BpeMerges() => _pairs = [];

    public void Add(int left, int right, int rank, int merged) => _pairs[Key(left, right)] = (rank, merged);

    public bool TryGet(int left, int right, out int rank, out int merged)
    {
        var found = _pairs.TryGetValue(Key(left, right), out var pair);
        (rank, merged) = pair;
        return found;
    }

    private static long Key(int left, int right) => (long)left << 32 | (uint)right;
}
