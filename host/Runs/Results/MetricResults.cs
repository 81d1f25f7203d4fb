using System.Text.Json.Serialization;
using LlmKick.Runs.Records;

namespace LlmKick.Runs.Results;

/// <summary>A measured number.</summary>
/// <param name="Value">The number.</param>
/// <param name="N">Samples behind it.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record MetricResults(
    [property: JsonRequired] double Value, [property: JsonRequired] int N, [property: JsonRequired] double Low,
    [property: JsonRequired] double High) : INamed<MetricResults>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>Whether the interval holds the value, as far as each is known.</summary>
    [JsonIgnore]
    public bool CanBe => MetricRecord.Holds(Low, Value, High);

    /// <inheritdoc/>
    public MetricResults Named(string name) => this with { Name = name };
}
