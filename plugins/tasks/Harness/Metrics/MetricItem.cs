namespace LlmKick.Harness.Metrics;

/// <summary>What a row gives to a metric.</summary>
/// <param name="Numbers">What is put together: a value; right and chosen class; a log-likelihood with words or bytes; counts of
/// n-grams.</param>
/// <param name="Shown">What the sample's line tells of it.</param>
internal readonly record struct MetricItem(double[] Numbers, object? Shown)
{
    /// <summary>A single value.</summary>
    public static MetricItem Of(double value, object? shown = null) => new([value], shown ?? value);
}
