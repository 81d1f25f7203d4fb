using System.Text.Json.Serialization;
using LlmKick.Runs.Records;

namespace LlmKick.Runs.Results;

/// <summary>What became of a task on a variant: the error alone where it failed.</summary>
internal sealed record TaskResults : INamed<TaskResults>
{
    /// <inheritdoc/>
    [JsonIgnore]
    public string Name { get; init; } = "";

    /// <summary>Samples in all.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Samples { get; init; }

    /// <summary>Time they took.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Seconds { get; init; }

    /// <summary>What was measured, groups included.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonConverter(typeof(NamedListConverter<MetricResults>))]
    public IReadOnlyList<MetricResults>? Metrics { get; init; }

    /// <summary>What stands in front of the questions; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PromptFront>? BeginOfText { get; init; }

    /// <summary>What a judge was asked, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgeRecord? Judge { get; init; }

    /// <summary>The score beside the dense model's, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ComparisonResults? AgainstDense { get; init; }

    /// <summary>Why it failed, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Error { get; init; }

    /// <inheritdoc/>
    public TaskResults Named(string name) => this with { Name = name };
}
