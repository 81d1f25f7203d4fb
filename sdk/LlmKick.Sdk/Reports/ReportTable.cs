namespace LlmKick.Sdk.Reports;

/// <summary>A table.</summary>
/// <param name="Caption">What it shows.</param>
/// <param name="Headings">The columns' headings.</param>
/// <param name="Rows">Rows with a cell a column; the first cell names the row.</param>
public sealed record ReportTable(string Caption, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows) : ReportPart;
