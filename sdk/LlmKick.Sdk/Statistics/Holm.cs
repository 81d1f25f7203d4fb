namespace LlmKick.Sdk.Statistics;

/// <summary>Holm's correction (1979) of p-values for their number.</summary>
public static class Holm
{
    /// <summary>Corrected p-values: those below α are significant at a family-wise error rate of α.</summary>
    /// <param name="values">The p-values.</param>
    /// <returns>One for each, in the same order; 0 … 1.</returns>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        var (rank, greatest) = (0, 0.0);
        foreach (var index in Enumerable.Range(0, values.Count).OrderBy(i => values[i]))
        {
            greatest = Math.Max(greatest, Math.Min(1, values[index] * (values.Count - rank++)));
            adjusted[index] = greatest;
        }
        return adjusted;
    }
}
