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
}
