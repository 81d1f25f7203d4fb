namespace LlmKick.Sdk.Statistics;

/// <summary>Units of a bootstrap of which there are few kinds, such as right or wrong: how many of each are drawn is drawn at once, in the
/// same distribution.</summary>
internal sealed class DistinctUnits
{
    // One draw a kind: with more kinds, drawing unit by unit is as fast.
    private const int Most = 16;

    private readonly IReadOnlyList<((double Sum, double Weight) Unit, int Count)> kinds;
    private readonly BinomialDraw draw;
    private readonly int units;

    private DistinctUnits(IReadOnlyList<((double Sum, double Weight) Unit, int Count)> kinds, int units) =>
        (this.kinds, this.units, draw) = (kinds, units, new BinomialDraw(units));

    /// <summary>Counts the kinds; null where there are many.</summary>
    public static DistinctUnits? Of((double Sum, double Weight)[] units)
    {
        var counts = new Dictionary<(double, double), int>();
        foreach (var unit in units)
            if ((counts[unit] = counts.GetValueOrDefault(unit) + 1) == 1 && counts.Count > Most)
                return null;
        return new DistinctUnits([.. counts.Select(kind => (kind.Key, kind.Value))], units.Length);
    }

    /// <summary>The ratio of sums over as many units as there are, drawn with replacement.</summary>
    public double ResampledRatio(SplitMix64 random)
    {
        double sum = 0, weight = 0;
        var (left, among) = (units, units);
        foreach (var (unit, count) in kinds)
        {
            var drawn = count == among ? left : draw.Next(left, (double)count / among, random);
            sum += drawn * unit.Sum;
            weight += drawn * unit.Weight;
            (left, among) = (left - drawn, among - count);
        }
        return sum / weight;
    }
}
