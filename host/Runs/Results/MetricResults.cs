using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>A measured number.</summary>
/// <param name="Value">The number.</param>
/// <param name="N">Samples behind it.</param>
/// <param name="Low">Lower end of its 95 % interval.</param>
/// <param name="High">Its upper end.</param>
internal sealed record MetricResults(double Value, int N, double Low, double High) : INamed<MetricResults>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public MetricResults Named(string name) => this with { Name = name };
}
