namespace LlmKick.Sdk.Reports;

/// <summary>A part of a section: a <see cref="ReportText"/>, a <see cref="ReportTable"/> or a <see cref="ReportChart"/>.</summary>
public abstract record ReportPart
{
    private protected ReportPart()
    {
    }
}
