using LlmKick.Diagnosis;
using LlmKick.Terminals;
using Spectre.Console;

namespace LlmKick.Commands;

/// <summary>The list of <c>doctor</c>: a line for each finding, its advice below it.</summary>
internal sealed class FindingList(Terminal terminal)
{
    /// <summary>Writes the findings and how many want attention.</summary>
    public void Write(IReadOnlyList<Finding> findings)
    {
        var width = findings.Max(finding => finding.Name.Length);
        if (terminal.IsOutRich)
            WriteRich(findings, width);
        else
            WritePlain(findings, width);
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(Summary(findings));
    }

    private void WritePlain(IReadOnlyList<Finding> findings, int width)
    {
        var indent = width + 11;
        foreach (var finding in findings)
        {
            terminal.Out.WriteLine($"{Word(finding.State),-7}  {finding.Name.PadRight(width)}  "
                + $"{WordWrap.At(finding.Found, terminal.TextWidth - indent, indent)}");
            if (finding.Advice is not null)
                terminal.Out.WriteLine(
                    $"{new string(' ', indent)}→ {WordWrap.At(finding.Advice, terminal.TextWidth - indent - 2, indent + 2)}");
        }
    }

    private void WriteRich(IReadOnlyList<Finding> findings, int width)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().Width(width)).AddColumn();
        foreach (var finding in findings)
        {
            grid.AddRow(new Text(Word(finding.State), new Style(Color(finding.State))), new Text(finding.Name), new Text(finding.Found));
            if (finding.Advice is not null)
                grid.AddRow(Text.Empty, Text.Empty, new Text($"→ {finding.Advice}", new Style(Color(finding.State))));
        }
        terminal.RichOut.Write(grid);
    }

    private static string Summary(IReadOnlyList<Finding> findings)
    {
        var problems = findings.Count(finding => finding.State == FindingState.Problem);
        var warnings = findings.Count(finding => finding.State == FindingState.Warning);
        return problems + warnings == 0 ? "All is well." : $"{Count(problems, "problem")}, {Count(warnings, "warning")}.";
    }

    private static string Count(int number, string what) => $"{number} {what}{(number == 1 ? "" : "s")}";

    private static string Word(FindingState state) => state.ToString().ToLowerInvariant();

    private static Color Color(FindingState state) => state switch
    {
        FindingState.Ok => Spectre.Console.Color.Green,
        FindingState.Warning => Spectre.Console.Color.Yellow,
        _ => Spectre.Console.Color.Red,
    };
}
