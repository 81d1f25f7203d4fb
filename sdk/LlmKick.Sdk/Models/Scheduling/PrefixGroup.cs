namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Sequences that begin alike: what they share is read once.</summary>
/// <param name="Shared">Tokens they share; 0 for a sequence on its own.</param>
/// <param name="Items">The sequences.</param>
internal sealed record PrefixGroup<T>(int Shared, IReadOnlyList<T> Items)
{
    /// <summary>Groups sequences by what they share, so that the tokens saved are many.</summary>
    /// <param name="items">The sequences, in any order.</param>
    /// <param name="tokens">An item's tokens.</param>
    /// <param name="shareable">How many of an item's first tokens may be read apart from the rest; fewer than all.</param>
    public static List<PrefixGroup<T>> Of(IEnumerable<T> items, Func<T, ReadOnlyMemory<int>> tokens, Func<T, int> shareable)
    {
        var groups = new List<PrefixGroup<T>>();
        var members = new List<T>();
        var shared = 0;
        foreach (var item in items.Order(Comparer<T>.Create((a, b) => tokens(a).Span.SequenceCompareTo(tokens(b).Span))))
        {
            var common = members.Count == 0 ? 0
                : Math.Min(Math.Min(shared, shareable(item)), tokens(members[0]).Span.CommonPrefixLength(tokens(item).Span));
            var joins = common >= PrefixGroup.WorthSharing && (long)common * members.Count > (long)shared * (members.Count - 1);
            if (!joins && members.Count > 0)
            {
                groups.Add(Close(members, shared));
                members = [];
            }
            shared = joins ? common : shareable(item);
            members.Add(item);
        }
        if (members.Count > 0)
            groups.Add(Close(members, shared));
        return groups;
    }

    private static PrefixGroup<T> Close(List<T> members, int shared) => new(members.Count == 1 ? 0 : shared, members);
}

/// <summary>What holds for groups of any items.</summary>
internal static class PrefixGroup
{
    /// <summary>A pass of its own over fewer tokens takes longer than to read them again in each row.</summary>
    public const int WorthSharing = 32;
}
