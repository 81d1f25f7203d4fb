using System.Text.Json.Serialization;

namespace LlmKick.Runs.Records;

/// <summary>A metric with its direction.</summary>
/// <param name="Name">Its name, with its group.</param>
/// <param name="Value">The number.</param>
/// <param name="N">Samples behind it.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end of the 95 % interval.</param>
/// <param name="HigherIsBetter">Its direction; null where the task does not say.</param>
internal sealed record MetricRecord(string Name, double Value, int N, double Low, double High, bool? HigherIsBetter)
{
    private const double Rounding = 1e-9;

    /// <summary>Whether the interval holds the value, as far as each is known.</summary>
    [JsonIgnore]
    public bool CanBe => Holds(Low, Value, High);

    /// <summary>Whether a value is within its bounds, or as near as sums in another order are; a bound of NaN is none.</summary>
    public static bool Holds(double low, double value, double high) => !IsAbove(low, value) && !IsAbove(value, high);

    private static bool IsAbove(double number, double other) => number - other > Rounding * Math.Max(Math.Abs(number), Math.Abs(other));
}
