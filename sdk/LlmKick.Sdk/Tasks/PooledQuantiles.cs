using LlmKick.Sdk.Statistics;

namespace LlmKick.Sdk.Tasks;

/// <summary>Quantiles of the parts of all samples taken together, such as of every token's divergence. Intervals draw clusters whole, or
/// samples where there are none.</summary>
public static class PooledQuantiles
{
    // "quantile" in ASCII: other draws than the bootstrap's of means.
    private const ulong Seed = 0x7175616E74696C65;

    /// <summary>Makes a metric of each quantile; none where no sample has such parts.</summary>
    /// <param name="part">The parts' name in <see cref="Scores.Parts"/>.</param>
    /// <param name="quantiles">From a metric's name to its quantile, 0 … 1. Between two parts it is interpolated; 0 and 1, the extremes,
    /// have no interval.</param>
    /// <param name="scores">The scores of all samples.</param>
    public static IReadOnlyList<Metric> Of(string part, IReadOnlyList<(string Metric, double Share)> quantiles,
        IReadOnlyList<Scores> scores)
    {
        ArgumentNullException.ThrowIfNull(quantiles);
        var having = scores.Where(one => one.Parts.TryGetValue(part, out var parts) && parts.Count > 0).ToList();
        if (having.Count == 0)
            return [];
        var units = having.Select((one, i) => one.Cluster ?? $"\0{i}").ToList();
        var places = units.Distinct().Index().ToDictionary(unit => unit.Item, unit => unit.Index, StringComparer.Ordinal);
        (float Value, int Unit)[] pooled = [.. having.SelectMany((one, i) => one.Parts[part].Select(value => (value, places[units[i]])))];
        Array.Sort(pooled, (a, b) => a.Value.CompareTo(b.Value));
        return Metrics(quantiles, pooled, places.Count, having.Count);
    }

    private static List<Metric> Metrics(IReadOnlyList<(string Metric, double Share)> quantiles, (float Value, int Unit)[] pooled, int units,
        int samples)
    {
        double[] shares = [.. quantiles.Select(quantile => quantile.Share)];
        var values = At(shares, pooled, [.. Enumerable.Repeat(1, units)]);
        var resampled = units == 1 ? [] : Resample(shares, pooled, units);
        return [.. quantiles.Select((quantile, i) => quantile.Share is 0 or 1 || units == 1
            ? new Metric(quantile.Metric, values[i], samples, double.NaN, double.NaN)
            : new Metric(quantile.Metric, values[i], samples, Percentile(resampled, i, 0.025), Percentile(resampled, i, 0.975)))];
    }

    private static double[][] Resample(double[] shares, (float Value, int Unit)[] pooled, int units)
    {
        var random = new SplitMix64(Seed);
        return [.. Enumerable.Range(0, Bootstrap.Resamples).Select(_ =>
        {
            var drawn = new int[units];
            for (var i = 0; i < units; i++)
                drawn[random.Next(units)]++;
            return At(shares, pooled, drawn);
        })];
    }

    /// <summary>Quantiles of sorted values of which each counts as often as its unit was drawn.</summary>
    private static double[] At(double[] shares, (float Value, int Unit)[] sorted, int[] drawn)
    {
        var total = sorted.Sum(one => (long)drawn[one.Unit]);
        var order = Enumerable.Range(0, shares.Length).OrderBy(i => shares[i]).ToList();
        var found = new double[shares.Length];
        var (place, seen) = (0, 0L);
        foreach (var i in order)
        {
            var wanted = shares[i] * (total - 1);
            while (seen + drawn[sorted[place].Unit] <= (long)wanted)
                seen += drawn[sorted[place++].Unit];
            var (next, after) = (place, seen + drawn[sorted[place].Unit]);
            while (after <= Math.Min((long)wanted + 1, total - 1))
                after += drawn[sorted[++next].Unit];
            found[i] = double.Lerp(sorted[place].Value, sorted[next].Value, wanted - (long)wanted);
        }
        return found;
    }

    private static double Percentile(double[][] resampled, int quantile, double share)
    {
        double[] sorted = [.. resampled.Select(one => one[quantile]).Order()];
        return double.Lerp(sorted[(int)(share * (sorted.Length - 1))], sorted[(int)(share * (sorted.Length - 1)) + 1],
            share * (sorted.Length - 1) % 1);
    }
}
