namespace LlmKick.Sdk.Statistics;

/// <summary>Holm's correction (1979) of p-values for their number.</summary>
public static class Holm
{
    /// <summary>Corrected p-values: those below α are significant at a family-wise error rate of α.</summary>
    /// <param name="values">The p-values; what is no number stays so, and does not count.</param>
    /// <returns>One for each, in the same order; 0 … 1, or NaN.</returns>
    public static IReadOnlyList<double> Adjust(IReadOnlyList<double> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var adjusted = new double[values.Count];
        Array.Fill(adjusted, double.NaN);
        var order = Enumerable.Range(0, values.Count).Where(i => !double.IsNaN(values[i])).OrderBy(i => values[i]).ToList();
        var greatest = 0.0;
        foreach (var (rank, index) in order.Index())
        {
            greatest = Math.Max(greatest, Math.Min(1, values[index] * (order.Count - rank)));
            adjusted[index] = greatest;
        }
        return adjusted;
    }
}
