namespace LlmKick.Sdk.Statistics;

/// <summary>95 % intervals of what differs between two models over the same samples, which hold for few samples as well.</summary>
public static class PairedInterval
{
    /// <summary>
    /// The interval of a difference of proportions: of the shares won and lost by their <see cref="Wilson"/> intervals, put together by the
    /// method of variance estimates recovery (Zou and Donner, 2008). Where nothing changed it still has the width that so few samples
    /// leave.
    /// </summary>
    /// <remarks>
    /// Samples in clusters count as fewer, by their design effect (Kish, 1965), all the way down to one a cluster where nothing changed,
    /// and Student's quantile of the clusters takes the normal one's place (Korn and Graubard, 1998).
    /// </remarks>
    /// <param name="changes">For each sample 1 where it was won, −1 where it was lost, else 0.</param>
    /// <param name="clusters">For each sample the cluster it belongs to, or null where it stands alone; null where all stand alone.</param>
    /// <returns>−1 … 1; NaN where there is but one sample or cluster.</returns>
    /// <exception cref="ArgumentException">There are no samples, or the lists differ in length.</exception>
    public static Interval OfProportions(IReadOnlyList<int> changes, IReadOnlyList<string?>? clusters)
    {
        ArgumentNullException.ThrowIfNull(changes);
        Require(changes.Count, changes.Count, clusters);
        var (lost, won) = (changes.Count(change => change < 0), changes.Count(change => change > 0));
        return clusters is null ? OfProportions(lost, won, changes.Count) : OfClusters(lost, won, changes, clusters);
    }

    /// <summary>The interval of a difference of proportions over samples that all stand alone.</summary>
    /// <param name="lost">Samples that were lost; not negative.</param>
    /// <param name="won">Samples that were won; not negative.</param>
    /// <param name="samples">All samples.</param>
    /// <returns>−1 … 1; NaN where there is but one sample.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static Interval OfProportions(int lost, int won, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(lost);
        ArgumentOutOfRangeException.ThrowIfNegative(won);
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, Math.Max(1, lost + won));
        return samples == 1 ? new Interval(double.NaN, double.NaN)
            : Difference((double)lost / samples, (double)won / samples, samples, Wilson.Z);
    }

    /// <summary>The interval of a ratio of sums, Σ numerator / Σ denominator, by its linearized residuals and Student's quantile.</summary>
    /// <param name="numerators">One a sample; at least one.</param>
    /// <param name="denominators">One a sample; their sum is not 0. A sample's weight, where a weighted mean is asked for.</param>
    /// <param name="clusters">For each sample the cluster it belongs to, or null where it stands alone; null where all stand alone.</param>
    /// <returns>NaN where a number is, where the denominators' sum is 0, and where there is but one sample or cluster.</returns>
    /// <exception cref="ArgumentException">There are no samples, or the lists differ in length.</exception>
    public static Interval OfRatio(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators,
        IReadOnlyList<string?>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(numerators);
        ArgumentNullException.ThrowIfNull(denominators);
        Require(numerators.Count, denominators.Count, clusters);
        var weight = denominators.Sum();
        var ratio = numerators.Sum() / weight;
        double[] residuals = [.. Units(clusters, numerators.Count).Select(unit => unit.Sum(i => numerators[i] - ratio * denominators[i]))];
        if (residuals.Length == 1 || !double.IsFinite(ratio))
            return new Interval(double.NaN, double.NaN);
        var error = Math.Sqrt(residuals.Length / (residuals.Length - 1.0) * residuals.Sum(one => one * one)) / Math.Abs(weight);
        var half = StudentT.Quantile(residuals.Length - 1) * error;
        return new Interval(ratio - half, ratio + half);
    }

    private static Interval OfClusters(int lost, int won, IReadOnlyList<int> changes, IReadOnlyList<string?> clusters)
    {
        double samples = changes.Count, mean = (won - lost) / samples;
        var units = Units(clusters, changes.Count);
        if (units.Count == 1)
            return new Interval(double.NaN, double.NaN);
        var alone = samples * ((lost + won) / samples - mean * mean);
        var together = units.Count / (units.Count - 1.0) * units.Sum(unit => Math.Pow(unit.Sum(i => changes[i] - mean), 2));
        var most = units.Sum(unit => (double)unit.Count * unit.Count) / samples;
        var effect = alone > 0 ? Math.Clamp(together / alone, 1, most) : most;
        return Difference(lost / samples, won / samples, samples / effect, StudentT.Quantile(units.Count - 1));
    }

    private static Interval Difference(double lost, double won, double samples, double quantile)
    {
        var (fall, rise) = (Wilson.Interval(lost, samples, quantile), Wilson.Interval(won, samples, quantile));
        // The shares of one multinomial are correlated; at 0 their intervals, not they, are all there is.
        var correlation = lost > 0 && won > 0 ? -Math.Sqrt(lost * won / ((1 - lost) * (1 - won))) : 0;
        return new Interval(
            Math.Max(-1, won - lost - Length(won - rise.Low, fall.High - lost, correlation)),
            Math.Min(1, won - lost + Length(rise.High - won, lost - fall.Low, correlation)));
    }

    private static double Length(double first, double second, double correlation) =>
        Math.Sqrt(first * first + second * second - 2 * correlation * first * second);

    /// <summary>The places of the samples of each cluster, and each that stands alone.</summary>
    internal static IReadOnlyList<IReadOnlyList<int>> Units(IReadOnlyList<string?>? clusters, int samples) =>
        [.. Enumerable.Range(0, samples).GroupBy(i => clusters?[i] ?? $"\0{i}", StringComparer.Ordinal)
            .Select(unit => (IReadOnlyList<int>)[.. unit])];

    private static void Require(int values, int others, IReadOnlyList<string?>? clusters)
    {
        if (values == 0 || others != values || clusters is not null && clusters.Count != values)
            throw new ArgumentException("One number and one cluster are needed for each of at least one sample.", nameof(values));
    }
}
