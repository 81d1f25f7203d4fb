using System.Text.Json.Serialization;
using LlmKick.Runs.Records;
using LlmKick.Sdk.Models;

namespace LlmKick.Runs.Results;

/// <summary>What became of a task on a variant: the error alone where it failed.</summary>
/// <param name="Samples">Samples in all.</param>
/// <param name="Seconds">Time they took.</param>
/// <param name="Metrics">What was measured, groups included.</param>
/// <param name="BeginOfText">What stands in front of the questions; null where nothing does.</param>
/// <param name="Judge">What a judge was asked, or null.</param>
/// <param name="AgainstDense">The score beside the dense model's, or null.</param>
/// <param name="Routing">What the model's routers chose; null where there are none.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record TaskResults(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? Samples = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Seconds = null,
    [property: JsonConverter(typeof(NamedListConverter<MetricResults>))]
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<MetricResults>? Metrics = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<PromptFront>? BeginOfText = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] JudgeRecord? Judge = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ComparisonResults? AgainstDense = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] RouterChoices? Routing = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error = null) : INamed<TaskResults>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <inheritdoc/>
    public TaskResults Named(string name) => this with { Name = name };
}
