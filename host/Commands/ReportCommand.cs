using System.CommandLine;
using LlmKick.Reports;
using LlmKick.Reports.Html;
using LlmKick.Reports.Stored;
using LlmKick.Runs;

namespace LlmKick.Commands;

/// <summary><c>report</c>: makes a report of what runs have stored.</summary>
internal sealed class ReportCommand : Command
{
    private static readonly Argument<string[]> Folders = new("DIR") { Description = "Folders of runs; several are put together in one report", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Output = new("--output", "-o") { Description = "The report's file [report.html in the run's folder; of several runs, in the current folder]", HelpName = "FILE" };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Write a markdown table to stdout, and no report" };
    private static readonly Option<bool> Csv = new("--csv") { Description = "Write CSV to stdout, one line a metric, and no report" };

    private readonly Terminal terminal;

    public ReportCommand(Terminal terminal) : base("report", "Make the report of one or several runs from what they stored, or a table of it")
    {
        this.terminal = terminal;
        Arguments.Add(Folders);
        foreach (var option in (Option[])[Output, Markdown, Csv])
            Options.Add(option);
        SetAction(Make);
    }

    private int Make(ParseResult line)
    {
        if (line.GetValue(Markdown) && line.GetValue(Csv))
            throw new UsageException("--markdown and --csv: both would be written to stdout: ask for one.");
        var folders = line.GetRequiredValue(Folders);
        List<StoredRun> runs = [.. folders.Select(StoredRun.Read)];
        var report = Report.Of(MergedRuns.Of(runs));
        if (line.GetValue(Markdown) || line.GetValue(Csv))
            foreach (var row in line.GetValue(Csv) ? ReportTable.Csv(report) : ReportTable.Markdown(report))
                terminal.Out.WriteLine(row);
        else
            Write(report, Path.GetFullPath(line.GetValue(Output) ?? (folders.Length == 1 ? new RunFolder(folders[0]).Report : "report.html")));
        return ExitCode.Done;
    }

    private void Write(Report report, string path)
    {
        HtmlReport.Write(path, report);
        terminal.Error.WriteLine($"The report is '{path}'.");
    }
}
