namespace LlmKick.Sdk.Reports;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it is of.</param>
/// <param name="Points">Its points, in order; those that are no numbers are left out.</param>
public sealed record ReportLine(string Name, IReadOnlyList<(double X, double Y)> Points);
