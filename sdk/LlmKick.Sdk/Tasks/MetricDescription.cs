namespace LlmKick.Sdk.Tasks;

/// <summary>What a metric means.</summary>
/// <param name="Name">Its name, without a group.</param>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Chance">What guessing gives, or null where that has no meaning.</param>
/// <param name="Help">One line: what is counted, and by which protocol.</param>
public sealed record MetricDescription(string Name, bool HigherIsBetter, double? Chance, string Help)
{
    /// <summary>The score that the metric is the exponential of the weighted mean of, such as perplexity of a negative log-likelihood; null
    /// where it is no such.</summary>
    public string? ExponentialOf { get; init; }
}
