using System.Globalization;
using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Results;

namespace LlmKick.Reports.Wording;

/// <summary>Numbers and verdicts as a reader sees them.</summary>
internal static class DisplayText
{
    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => double.IsFinite(share) ? (100 * share)
        .ToString(Math.Abs(share) < 10 ? "0.0 '%'" : "0 '%'", CultureInfo.InvariantCulture) : "–";

    /// <summary>A sparsity.</summary>
    public static string Sparsity(double share) => (100 * share).ToString("0.# '%'", CultureInfo.InvariantCulture);

    /// <summary>The parameters of a variant that are not zero, beside all of the run's own model.</summary>
    public static string Left(VariantResults variant) => variant is { Size.NonZeros: var left, NonzeroRatio: { } ratio }
        ? string.Create(CultureInfo.InvariantCulture, $"{left:#,0} (× {ratio:0.000})")
        : "–";

    /// <summary>A whole number.</summary>
    public static string Index(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Bits a weight.</summary>
    public static string Bits(double bits) => bits.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>A metric's value.</summary>
    public static string Number(double value) => value switch
    {
        double.NaN => "–",
        < 10 and > -10 => value.ToString("0.000", CultureInfo.InvariantCulture),
        < 1e5 and > -1e5 => value.ToString("0.0", CultureInfo.InvariantCulture),
        _ => value.ToString("0.0e+0", CultureInfo.InvariantCulture),
    };

    /// <summary>A standard deviation, in two digits that count.</summary>
    public static string Deviation(double value) =>
        "± " + (value < 100 ? value.ToString("G2", CultureInfo.InvariantCulture) : Number(value));

    /// <summary>A p-value.</summary>
    public static string Chance(double? p) => p switch
    {
        null => "–",
        < 0.001 => "< 0.001",
        _ => p.Value.ToString("0.000", CultureInfo.InvariantCulture),
    };

    /// <summary>How a score stands to the dense one: what is kept of it, or how many times it is where lower is better.</summary>
    public static string Kept(Comparison one) => one.HigherIsBetter ? Percent(one.Ratio) : "× " + Number(one.Ratio);

    /// <summary>The interval of <see cref="Kept"/>.</summary>
    public static string Interval(Comparison one) => one.HigherIsBetter
        ? Between(Percent(one.Interval.Low), Percent(one.Interval.High))
        : Between(Number(one.Interval.Low), Number(one.Interval.High));

    /// <summary>The interval of a metric; a dash where none can be estimated.</summary>
    public static string Interval(MetricResults metric) => Between(Number(metric.Low), Number(metric.High));

    private static string Between(string low, string high) => low == "–" && high == "–" ? "[–]" : $"[{low}, {high}]";

    /// <summary>A verdict; its sign tells it without colour.</summary>
    public static string Verdict(Match match) => match switch
    {
        Match.Matching => "✓ matching",
        Match.Not => "✗ not matching",
        Match.Undecided => "? undecided",
        _ => "– uninformative",
    };
}
