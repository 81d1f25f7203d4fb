namespace LlmKick.Sdk.Statistics;

/// <summary>Percentile bootstrap (Efron, 1979) with a fixed seed: the same data give the same interval.</summary>
public static class Bootstrap
{
    /// <summary>How often the data are drawn anew.</summary>
    public const int Resamples = 2000;

    private const ulong Seed = 0x6C6C6D6B69636B;

    /// <summary>The 95 % interval of a weighted mean, Σ weight · value / Σ weight.</summary>
    /// <param name="values">One value a sample; at least one. A single sample gives an interval without width.</param>
    /// <param name="weights">The samples' weights, positive; null where all weigh the same.</param>
    /// <param name="clusters">
    /// For each sample the cluster it belongs to, or null where it stands alone; clusters are drawn whole. Null where all stand alone.
    /// </param>
    /// <returns>The 2.5th and 97.5th percentile of the resampled means; NaN where a value is NaN.</returns>
    /// <exception cref="ArgumentException">There are no values, or the lists differ in length.</exception>
    public static Interval WeightedMean(IReadOnlyList<double> values, IReadOnlyList<double>? weights = null, IReadOnlyList<string?>? clusters = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (values.Count == 0 || (weights ?? values).Count != values.Count || clusters is not null && clusters.Count != values.Count)
            throw new ArgumentException("One weight and one cluster are needed for each of at least one value.", nameof(values));
        if (values.Any(double.IsNaN))
            return new Interval(double.NaN, double.NaN);
        var units = Units(values, weights, clusters);
        var random = new SplitMix64(Seed);
        var means = new double[Resamples];
        for (var i = 0; i < means.Length; i++)
            means[i] = ResampledMean(units, random);
        Array.Sort(means);
        return new Interval(Percentile(means, 0.025), Percentile(means, 0.975));
    }

    /// <summary>What is drawn together, as the two sums that a weighted mean needs of it.</summary>
    private static (double Sum, double Weight)[] Units(IReadOnlyList<double> values, IReadOnlyList<double>? weights, IReadOnlyList<string?>? clusters)
    {
        var units = new List<(double Sum, double Weight)>(values.Count);
        var unitOf = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < values.Count; i++)
        {
            var weight = weights?[i] ?? 1;
            if (clusters?[i] is not { } cluster || unitOf.TryAdd(cluster, units.Count))
                units.Add((weight * values[i], weight));
            else
                units[unitOf[cluster]] = (units[unitOf[cluster]].Sum + weight * values[i], units[unitOf[cluster]].Weight + weight);
        }
        return [.. units];
    }

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
