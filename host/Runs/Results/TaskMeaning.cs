using System.Text.Json.Serialization;

namespace LlmKick.Runs.Results;

/// <summary>What a task measures.</summary>
/// <param name="Metrics">What its metrics mean; the first is the one that variants are compared in.</param>
internal sealed record TaskMeaning(
    [property: JsonRequired, JsonConverter(typeof(NamedListConverter<MetricMeaning>))] IReadOnlyList<MetricMeaning> Metrics)
    : INamed<TaskMeaning>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>The name without its seed, where it is one of several that differ in nothing else; null where not.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Group { get; init; }

    /// <summary>Its options that choose samples and change none; results that do not tell are of tasks in which it was always
    /// these.</summary>
    public IReadOnlyList<string> Selection { get; init; } = ["limit", "take"];

    /// <summary>The metric that variants are compared in.</summary>
    [JsonIgnore]
    public MetricMeaning Main => Metrics[0];

    /// <inheritdoc/>
    public TaskMeaning Named(string name) => this with { Name = name };
}
