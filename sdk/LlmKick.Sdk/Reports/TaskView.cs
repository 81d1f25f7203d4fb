using LlmKick.Sdk.Tasks;

namespace LlmKick.Sdk.Reports;

/// <summary>A task of a run.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Metrics">What its metrics mean; the first is the one that variants are compared in.</param>
public sealed record TaskView(string Name, IReadOnlyList<MetricDescription> Metrics);
