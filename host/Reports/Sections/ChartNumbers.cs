using LlmKick.Reports.Wording;
using LlmKick.Sdk.Reports;

namespace LlmKick.Reports.Sections;

/// <summary>The numbers of a chart as a table, for where it cannot be drawn or seen.</summary>
internal static class ChartNumbers
{
    /// <summary>The table.</summary>
    public static ReportTable Of(ReportChart chart) => new(chart.Title, ["line", chart.Across, chart.Up],
        [.. chart.Lines.SelectMany(line => line.Points.Select(point =>
            (IReadOnlyList<string>)[line.Name, DisplayText.Number(point.X), DisplayText.Number(point.Y)]))]);
}
