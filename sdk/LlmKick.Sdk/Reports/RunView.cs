namespace LlmKick.Sdk.Reports;

/// <summary>What a run, or several put together, measured: what report sections are made of.</summary>
/// <param name="Name">The run's name.</param>
/// <param name="Tasks">What was measured.</param>
/// <param name="Variants">What it was measured on, untouched models included.</param>
public sealed record RunView(string Name, IReadOnlyList<TaskView> Tasks, IReadOnlyList<VariantView> Variants);
