using System.Text.RegularExpressions;
using LlmKick.Sdk.Reports;

namespace LlmKick.Reports.Sections;

/// <summary>A plugin's section in markdown.</summary>
internal static partial class SectionMarkdown
{
    /// <summary>The lines.</summary>
    public static IEnumerable<string> Lines(ReportSection section) =>
        ["", $"## {Escape(section.Title)}", "", Escape(section.Explanation), .. section.Parts.SelectMany(Lines)];

    private static IEnumerable<string> Lines(ReportPart part) => part switch
    {
        ReportText text => ["", Escape(text.Text)],
        ReportTable table => ["", Escape(table.Caption), "", Row(table.Headings), Row(table.Headings.Select(_ => "---")),
            .. table.Rows.Select(row => Row(row.Select(Escape)))],
        ReportChart chart => Lines(ChartNumbers.Of(chart)),
        _ => [],
    };

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";

    /// <summary>Plain text on one line, none of which is taken for markdown or HTML.</summary>
    private static string Escape(string text) => Special().Replace(text.Replace('\n', ' '), @"\$0");

    [GeneratedRegex(@"[\\`*_{}\[\]<>()#|~$&!]|^[-+=]|^\d+(?=[.)])")]
    private static partial Regex Special();
}
