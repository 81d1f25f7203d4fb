using System.Text;
using LlmKick.Sdk;
using LlmKick.Sdk.Reports;

namespace LlmKick.Reports.Sections;

/// <summary>Takes a section over from a plugin, so that drawing it cannot fail: a copy without characters that cannot be shown, tables with
/// a cell a column, charts of finite numbers.</summary>
internal static class PlainSection
{
    /// <summary>The section as it is drawn.</summary>
    /// <exception cref="LlmKickException">It lacks something.</exception>
    public static ReportSection Of(ReportSection section) =>
        new(Clean(section.Title), Clean(section.Explanation), [.. section.Parts.Select(Of)]);

    /// <summary>A text without control characters, but line breaks, and without halves of characters.</summary>
    public static string Clean(string text)
    {
        if (text is null)
            throw new LlmKickException("A text of the section is missing.");
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
            clean.Append(Rune.IsControl(rune) && rune.Value != '\n' ? Rune.ReplacementChar : rune);
        return clean.ToString();
    }

    private static ReportPart Of(ReportPart part) => part switch
    {
        ReportText text => new ReportText(Clean(text.Text)),
        ReportTable table => Of(table),
        ReportChart chart => new ReportChart(Clean(chart.Title), Clean(chart.Across), Clean(chart.Up), [.. chart.Lines.Select(Of)]),
        _ => throw new LlmKickException("A part of the section is missing."),
    };

    private static ReportTable Of(ReportTable table)
    {
        var plain = new ReportTable(Clean(table.Caption), [.. table.Headings.Select(Clean)],
            [.. table.Rows.Select(row => (IReadOnlyList<string>)[.. row.Select(Clean)])]);
        return plain.Rows.FirstOrDefault(row => row.Count != plain.Headings.Count || row.Count == 0) is { } wrong
            ? throw new LlmKickException(
                $"The table '{plain.Caption}' has a row of {wrong.Count} cells under {plain.Headings.Count} headings.")
            : plain;
    }

    private static ReportLine Of(ReportLine line) =>
        new(Clean(line.Name), [.. line.Points.Where(point => double.IsFinite(point.X) && double.IsFinite(point.Y))]);
}
