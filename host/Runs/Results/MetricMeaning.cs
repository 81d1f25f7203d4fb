using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>What a metric means.</summary>
/// <param name="HigherIsBetter">Its direction.</param>
/// <param name="Chance">What guessing gives, or null where that has no meaning.</param>
/// <param name="Help">What is counted.</param>
/// <param name="ExponentialOf">The score that it is the exponential of the weighted mean of; null where it is no such.</param>
internal sealed record MetricMeaning([property: JsonRequired] bool HigherIsBetter, double? Chance, [property: JsonRequired] string Help,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? ExponentialOf = null) : INamed<MetricMeaning>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>The score of each sample that it is made of.</summary>
    [JsonIgnore]
    public string Score => ExponentialOf ?? Name;

    /// <inheritdoc/>
    public MetricMeaning Named(string name) => this with { Name = name };
}
