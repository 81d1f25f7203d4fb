namespace LlmKick.Sdk.Reports;

/// <summary>A section of a report, as data: the host draws it in <c>report.html</c>, in markdown and on the terminal.</summary>
/// <param name="Title">Its heading.</param>
/// <param name="Explanation">What it shows and how to read it, in a sentence or two.</param>
/// <param name="Parts">What it is made of, in order.</param>
public sealed record ReportSection(string Title, string Explanation, IReadOnlyList<ReportPart> Parts);
