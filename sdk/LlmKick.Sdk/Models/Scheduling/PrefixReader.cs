using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Reads sequences whose shared beginnings are computed once.</summary>
internal static class PrefixReader
{
    /// <summary>
    /// Orders groups for batching: those that share nothing by length, then the others by the length of what they share.
    /// Cuts them so that neither the shared parts nor the rests exceed the budget, and no group is torn unless it is too large alone.
    /// </summary>
    public static IEnumerable<List<PrefixGroup<T>>> Cut<T>(IEnumerable<PrefixGroup<T>> groups, Func<T, int> length, int mostRows)
    {
        var whole = groups.SelectMany(group => Split(group, length, mostRows))
            .OrderBy(group => group.Shared).ThenByDescending(group => group.Items.Max(length)).ToList();
        foreach (var alone in TokenRows.Cut(whole.Where(group => group.Shared == 0), group => length(group.Items[0]),
            TokenRows.Budget, mostRows))
            yield return alone;
        foreach (var sharing in CutSharing(whole.Where(group => group.Shared > 0), length, mostRows))
            yield return sharing;
    }

    /// <summary>Reads all sequences of a batch.</summary>
    /// <param name="decoder">The decoder.</param>
    /// <param name="batch">Groups that fit together.</param>
    /// <param name="tokens">An item's tokens.</param>
    /// <param name="capacity">Tokens a row of the cache must hold; 0 where the cache is not needed afterwards.</param>
    /// <returns>
    /// The hidden states of what was not shared, [items, longest rest, width], rows in the order of groups and items, and the cache
    /// (null where nothing was shared and none was asked for). Both belong to the caller.
    /// </returns>
    public static (torch.Tensor Hidden, IKeyValueCache? Cache) Read<T>(IDecoder decoder, List<PrefixGroup<T>> batch,
        Func<T, ReadOnlyMemory<int>> tokens, int capacity)
    {
        var rests = batch.SelectMany(group => group.Items.Select(item => tokens(item)[group.Shared..])).ToList();
        var cache = Prefill(decoder, batch, tokens, rests, capacity);
        var hidden = decoder.Forward(TokenRows.ToTensor(rests, decoder.Device), TokenRows.Lengths(rests), cache);
        return (hidden, cache);
    }

    private static IKeyValueCache? Prefill<T>(IDecoder decoder, List<PrefixGroup<T>> batch, Func<T, ReadOnlyMemory<int>> tokens,
        List<ReadOnlyMemory<int>> rests, int capacity)
    {
        if (batch.All(group => group.Shared == 0))
            return capacity == 0 ? null : decoder.CreateCache(rests.Count, capacity);
        var prefixes = batch.ConvertAll(group => tokens(group.Items[0])[..group.Shared]);
        using var shared = Prefill(decoder, prefixes);
        var rows = batch.SelectMany((group, index) => Enumerable.Repeat(index, group.Items.Count)).ToArray();
        return shared.Select(rows, Math.Max(capacity, prefixes.Max(prefix => prefix.Length) + rests.Max(rest => rest.Length)));
    }

    /// <summary>Reads what groups share; of that, what all begin with is read once for all, such as the examples in front of every
    /// question.</summary>
    private static IKeyValueCache Prefill(IDecoder decoder, List<ReadOnlyMemory<int>> prefixes)
    {
        var capacity = prefixes.Max(prefix => prefix.Length);
        var common = prefixes.Min(prefix => Math.Min(prefixes[0].Span.CommonPrefixLength(prefix.Span), prefix.Length - 1));
        if (prefixes.Count == 1 || common < PrefixGroup.WorthSharing)
        {
            var whole = decoder.CreateCache(prefixes.Count, capacity);
            Read(prefixes, whole);
            return whole;
        }
        using var first = decoder.CreateCache(1, common);
        Read([prefixes[0][..common]], first);
        var all = first.Select(new int[prefixes.Count], capacity);
        Read(prefixes.ConvertAll(prefix => prefix[common..]), all);
        return all;

        void Read(List<ReadOnlyMemory<int>> rows, IKeyValueCache cache) =>
            decoder.Forward(TokenRows.ToTensor(rows, decoder.Device), TokenRows.Lengths(rows), cache).Dispose();
    }

    private static IEnumerable<PrefixGroup<T>> Split<T>(PrefixGroup<T> group, Func<T, int> length, int mostRows) =>
        TokenRows.Cut(group.Items, item => length(item) - group.Shared, TokenRows.Budget, mostRows)
            .Select(items => new PrefixGroup<T>(group.Shared, items));

    private static IEnumerable<List<PrefixGroup<T>>> CutSharing<T>(IEnumerable<PrefixGroup<T>> groups, Func<T, int> length, int mostRows)
    {
        var batch = new List<PrefixGroup<T>>();
        foreach (var group in groups)
        {
            if (batch.Count > 0 && !Fits([.. batch, group], length, mostRows))
            {
                yield return batch;
                batch = [];
            }
            batch.Add(group);
        }
        if (batch.Count > 0)
            yield return batch;
    }

    private static bool Fits<T>(List<PrefixGroup<T>> batch, Func<T, int> length, int mostRows)
    {
        var rows = batch.Sum(group => group.Items.Count);
        var longestRest = batch.Max(group => group.Items.Max(length) - group.Shared);
        return rows <= mostRows && batch.Max(group => group.Shared) * batch.Count <= TokenRows.Budget
            && longestRest * rows <= TokenRows.Budget;
    }
}
