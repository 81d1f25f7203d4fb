namespace LlmKick.Sdk.Statistics;

/// <summary>The score interval of a proportion (Wilson, 1927): sound for few samples and for proportions at 0 and 1.</summary>
public static class Wilson
{
    /// <summary>The two-sided 95 % quantile of the standard normal distribution.</summary>
    internal const double Z = 1.959963984540054;

    /// <summary>The 95 % interval of a proportion of independent samples.</summary>
    /// <param name="successes">Samples that count; 0 … <paramref name="samples"/>.</param>
    /// <param name="samples">All samples; at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is outside its range.</exception>
    public static Interval Interval(int successes, int samples)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, samples);
        // The ends are exact where rounding alone would move them.
        var interval = Interval((double)successes / samples, samples, Z);
        return new Interval(successes == 0 ? 0 : interval.Low, successes == samples ? 1 : interval.High);
    }

    /// <summary>
    /// The interval of a proportion of 0 or 1 over clusters. Nothing varies that could be drawn anew; the samples count as few as they are
    /// where those of a cluster are all alike (Kish, 1965), with Student's quantile of the clusters (Korn and Graubard, 1998).
    /// </summary>
    /// <remarks>
    /// The fewer clusters, the wider: whether others are alike too is known of as many clusters as there are, and two tell next to nothing
    /// of it (Student's quantile is 12.7, and the interval nearly all of 0 … 1). Of one cluster nothing at all is known, so that it has no
    /// interval instead of a narrow one.
    /// </remarks>
    /// <param name="isOne">Whether all samples count, or none.</param>
    /// <param name="clusters">For each sample the cluster it belongs to, or null where it stands alone.</param>
    /// <returns>NaN where there is but one cluster.</returns>
    internal static Interval OfAlike(bool isOne, IReadOnlyList<string?> clusters)
    {
        List<int> sizes = [.. PairedInterval.Units(clusters, clusters.Count).Select(unit => unit.Count)];
        if (sizes.Count == 1)
            return new Interval(double.NaN, double.NaN);
        var effective = (double)clusters.Count * clusters.Count / sizes.Sum(size => (double)size * size);
        var interval = Interval(isOne ? 1 : 0, effective, StudentT.Quantile(sizes.Count - 1));
        return isOne ? interval with { High = 1 } : interval with { Low = 0 };
    }

    /// <summary>The interval of a proportion of effectively so many samples, which need not be a whole number.</summary>
    internal static Interval Interval(double proportion, double n, double z)
    {
        var scale = 1 + z * z / n;
        var centre = (proportion + z * z / (2 * n)) / scale;
        var half = z * Math.Sqrt(proportion * (1 - proportion) / n + z * z / (4 * n * n)) / scale;
        return new Interval(Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
