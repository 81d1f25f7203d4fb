namespace LlmKick.Sdk.Statistics;

/// <summary>McNemar's exact test (1947): whether as many paired samples went from right to wrong as from wrong to right.</summary>
public static class McNemar
{
    /// <summary>The two-sided p-value: how often coins would fall at least as unevenly.</summary>
    /// <param name="lost">Samples that were right and are wrong now; not negative.</param>
    /// <param name="won">Samples that were wrong and are right now; not negative.</param>
    /// <returns>0 … 1; 1 where nothing changed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative.</exception>
    public static double Exact(int lost, int won)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(won);
        var (changed, fewer) = (lost + won, Math.Min(lost, won));
        // Terms C(changed, i) / 2^changed in logarithms: the numbers themselves leave the range of double at 1,075 changes.
        double logarithm = -changed * Math.Log(2), tail = Math.Exp(logarithm);
        for (var i = 0; i < fewer; i++)
        {
            logarithm += Math.Log((double)(changed - i) / (i + 1));
            tail += Math.Exp(logarithm);
        }
        return Math.Min(1, 2 * tail);
    }

    /// <summary>
    /// The two-sided p-value where samples come in clusters: the exact sign-flip test (Fisher, 1935) of the clusters' net changes, each as
    /// likely to be a gain as a loss. Where every cluster is one sample, it is <see cref="Exact"/>.
    /// </summary>
    /// <param name="changes">For each cluster the samples won less those lost.</param>
    /// <returns>0 … 1; 1 where nothing changed.</returns>
    public static double Clustered(IReadOnlyList<int> changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var (range, observed) = (changes.Sum(Math.Abs), Math.Abs(changes.Sum()));
        // chances[s + range]: of the sum s, over the clusters so far.
        var (chances, next, reach) = (new double[2 * range + 1], new double[2 * range + 1], 0);
        chances[range] = 1;
        foreach (var change in changes.Select(Math.Abs).Where(change => change > 0))
        {
            Array.Clear(next);
            for (var sum = range - reach; sum <= range + reach; sum++)
            {
                next[sum - change] += chances[sum] / 2;
                next[sum + change] += chances[sum] / 2;
            }
            (chances, next, reach) = (next, chances, reach + change);
        }
        return Math.Min(1, chances.Where((_, place) => Math.Abs(place - range) >= observed).Sum());
    }
}
