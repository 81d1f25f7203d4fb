using System.Text.Json.Serialization;
using LlmKick.Sdk.Models;
using LlmKick.Storage;

namespace LlmKick.Runs.Records;

/// <summary>What became of a task on a variant.</summary>
/// <param name="Fingerprint">Fingerprint of everything that decided it.</param>
/// <param name="Samples">Samples in all.</param>
/// <param name="Seconds">Time its batches took.</param>
/// <param name="Metrics">What was measured.</param>
/// <param name="LmEval">What reports for lm-evaluation-harness tell of it, or null where it failed.</param>
/// <param name="HasStates">Whether the variant's predictions were kept, for others to be compared with.</param>
/// <param name="Error">Why it failed, or null.</param>
internal sealed record TaskRecord(string Fingerprint, int Samples, double Seconds, IReadOnlyList<MetricRecord> Metrics, LmEvalTask? LmEval,
    bool HasStates = false, string? Error = null)
{
    /// <summary>What a judge was asked, or null.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JudgeRecord? Judge { get; init; }

    /// <summary>What stands in front of the questions; null where nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PromptFront>? BeginOfText { get; init; }

    /// <summary>What the model's routers chose; null where there are none, or where batches do not all tell.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RouterChoices? Routing { get; init; }

    /// <summary>A failure.</summary>
    public static TaskRecord Failed(string fingerprint, string error) => new(fingerprint, 0, 0, [], null, Error: error);
}
