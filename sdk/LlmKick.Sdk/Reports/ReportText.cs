namespace LlmKick.Sdk.Reports;

/// <summary>A paragraph.</summary>
/// <param name="Text">Plain text: nothing in it is taken for HTML or markdown.</param>
public sealed record ReportText(string Text) : ReportPart;
