namespace LlmKick.Sdk.Reports;

/// <summary>A chart of lines; markdown and terminals have its numbers as a table.</summary>
/// <param name="Title">What it shows.</param>
/// <param name="Across">What the lower axis is of.</param>
/// <param name="Up">What the left axis is of.</param>
/// <param name="Lines">The lines.</param>
public sealed record ReportChart(string Title, string Across, string Up, IReadOnlyList<ReportLine> Lines) : ReportPart;
