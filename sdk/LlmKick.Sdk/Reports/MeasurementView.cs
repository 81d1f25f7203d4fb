using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Reports;

/// <summary>What was measured in a task on a variant.</summary>
/// <param name="Task">The task's name.</param>
/// <param name="Metrics">The numbers with their intervals, groups included; none where the task failed.</param>
public sealed record MeasurementView(string Task, IReadOnlyList<Metric> Metrics)
{
    /// <summary>Why the task failed, or null.</summary>
    public string? Error { get; init; }

    /// <summary>Every sample with its answers, in order. Read from the run's folder each time that it is asked for.</summary>
    public IEnumerable<SampleView> Samples { get; init; } = [];
}
