using LlmKick.Sdk.Reports;
using LlmKick.Terminals;

namespace LlmKick.Reports.Sections;

/// <summary>A plugin's section on a terminal.</summary>
internal static class SectionText
{
    /// <summary>Writes it to stdout.</summary>
    public static void Write(ReportSection section, Terminal terminal, int width)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(WordWrap.At($"{section.Title}: {section.Explanation}", width));
        foreach (var part in section.Parts)
            if (part is ReportText text)
                terminal.Out.WriteLine(WordWrap.At(text.Text, width));
            else
                Write(part as ReportTable ?? ChartNumbers.Of((ReportChart)part), terminal);
    }

    private static void Write(ReportTable table, Terminal terminal)
    {
        var lines = new TextTable([.. table.Headings.Select(OneLine)]);
        foreach (var row in table.Rows)
            lines.Add([.. row.Select(OneLine)]);
        lines.Write(terminal);
    }

    private static string OneLine(string text) => text.Replace('\n', ' ');
}
