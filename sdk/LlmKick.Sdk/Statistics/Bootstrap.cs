namespace LlmKick.Sdk.Statistics;

/// <summary>Percentile bootstrap (Efron, 1979) with a fixed seed: the same data give the same interval.</summary>
public static class Bootstrap
{
    /// <summary>How often the data are drawn anew.</summary>
    public const int Resamples = 2000;

    // "llmkick" in ASCII.
    private const ulong Seed = 0x6C6C6D6B69636B;

    /// <summary>The 95 % interval of a weighted mean, Σ weight · value / Σ weight.</summary>
    /// <param name="values">One value a sample; at least one. Of a single sample, or a single cluster, nothing can be drawn anew.</param>
    /// <param name="weights">The samples' weights, positive; null where all weigh the same.</param>
    /// <param name="clusters">
    /// For each sample the cluster it belongs to, or null where it stands alone; clusters are drawn whole. Null where all stand alone.
    /// </param>
    /// <returns>The 2.5th and 97.5th percentile of the resampled means; NaN where a value is NaN, and where there is but one sample or
    /// cluster.</returns>
    /// <exception cref="ArgumentException">There are no values, or the lists differ in length.</exception>
    public static Interval WeightedMean(IReadOnlyList<double> values, IReadOnlyList<double>? weights = null,
        IReadOnlyList<string?>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || (weights ?? values).Count != values.Count || clusters is not null && clusters.Count != values.Count)
            throw new ArgumentException("One weight and one cluster are needed for each of at least one value.", nameof(values));
        return Ratio([.. values.Select((value, i) => value * (weights?[i] ?? 1))], weights ?? [.. values.Select(_ => 1.0)], clusters);
    }

    /// <summary>The 95 % interval of a ratio of sums over paired samples, Σ numerator / Σ denominator, such as a score kept by a compressed
    /// model.</summary>
    /// <param name="numerators">One a sample; at least one.</param>
    /// <param name="denominators">One a sample; not negative.</param>
    /// <param name="clusters">
    /// For each sample the cluster it belongs to, or null where it stands alone; clusters are drawn whole. Null where all stand alone.
    /// </param>
    /// <returns>The 2.5th and 97.5th percentile of the resampled ratios; NaN where a number is NaN, the denominators of a draw are all 0,
    /// or there is but one sample or cluster.</returns>
    /// <exception cref="ArgumentException">There are no samples, or the lists differ in length.</exception>
    public static Interval Ratio(IReadOnlyList<double> numerators, IReadOnlyList<double> denominators,
        IReadOnlyList<string?>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(numerators);
        ArgumentNullException.ThrowIfNull(denominators);
        if (numerators.Count == 0 || denominators.Count != numerators.Count || clusters is not null && clusters.Count != numerators.Count)
            throw new ArgumentException("One denominator and one cluster are needed for each of at least one numerator.",
                nameof(numerators));
        if (numerators.Any(double.IsNaN) || denominators.Any(double.IsNaN) || denominators.All(number => number == 0))
            return new Interval(double.NaN, double.NaN);
        var units = Units(numerators, denominators, clusters);
        if (units.Length == 1)
            return new Interval(double.NaN, double.NaN);
        var random = new SplitMix64(Seed);
        var means = new double[Resamples];
        var kinds = DistinctUnits.Of(units);
        for (var i = 0; i < means.Length; i++)
            means[i] = kinds?.ResampledRatio(random) ?? ResampledMean(units, random);
        Array.Sort(means);
        if (double.IsNaN(means[0])) // Some draws have no denominator.
            return new Interval(double.NaN, double.NaN);
        return new Interval(Percentile(means, 0.025), Percentile(means, 0.975));
    }

    /// <summary>What is drawn together, as the two sums that a ratio needs of it.</summary>
    private static (double Sum, double Weight)[] Units(IReadOnlyList<double> sums, IReadOnlyList<double> weights,
        IReadOnlyList<string?>? clusters) => clusters is null ? [.. sums.Zip(weights)]
        : [.. PairedInterval.Units(clusters, sums.Count).Select(unit => (unit.Sum(i => sums[i]), unit.Sum(i => weights[i])))];

    private static double ResampledMean((double Sum, double Weight)[] units, SplitMix64 random)
    {
        double sum = 0, weight = 0;
        for (var i = 0; i < units.Length; i++)
        {
            var unit = units[random.Next(units.Length)];
            sum += unit.Sum;
            weight += unit.Weight;
        }
        return sum / weight;
    }

    private static double Percentile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var below = (int)place;
        return double.Lerp(sorted[below], sorted[Math.Min(below + 1, sorted.Length - 1)], place - below);
    }
}
