using System.CommandLine;
using LlmKick.Plugins;
using LlmKick.Recipes;
using LlmKick.Reports;
using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using LlmKick.Reports.Sections;
using LlmKick.Runs.Records;
using LlmKick.Runs.Results;
using LlmKick.Runs.Shards;
using LlmKick.Runs.Work;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary><c>report</c>: makes a report of what runs have stored.</summary>
internal sealed class ReportCommand : Command
{
    private static readonly Argument<string[]> Folders =
        new("DIR") { Description = "Folders of runs; several are put together in one report", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<string> Output =
        new("--output", "-o") { Description = "The report's file [report.html in the run's folder; of several runs, in the current "
        + "folder]; of parts of a run, the folder of the whole [runs/<recipe's name>]", HelpName = "FILE",
        Validators = { OptionRules.Path } };
    private static readonly Option<bool> Markdown = new("--markdown") { Description = "Write a markdown table to stdout, and no report" };
    private static readonly Option<bool> Csv = new("--csv") { Description = "Write CSV to stdout, one line a metric, and no report" };

    private readonly Terminal terminal;
    private readonly PluginSource plugins;
    private readonly ILogger logger;

    public ReportCommand(Terminal terminal, PluginSource plugins, ILogger<ReportCommand> logger)
        : base("report", "Make the report of one or several runs from what they stored, or a table of it")
    {
        (this.terminal, this.plugins, this.logger) = (terminal, plugins, logger);
        Arguments.Add(Folders);
        foreach (var option in (Option[])[Output, Markdown, Csv])
            Options.Add(option);
        SetAction(MakeAsync);
    }

    private async Task<int> MakeAsync(ParseResult line, CancellationToken cancellationToken)
    {
        if (line.GetValue(Markdown) && line.GetValue(Csv))
            throw new UsageException("--markdown and --csv: both would be written to stdout: ask for one.");
        var (folders, output) = (line.GetRequiredValue(Folders), line.GetValue(Output));
        if (ShardFolder.Find(folders) is { Count: > 0 } parts)
            (folders, output) = ([await MergeAsync(parts, output, line, cancellationToken)], null);
        var report = Report.Of(MergedRuns.Of([.. folders.Select(RunResults.Read)]),
            new PluginSections(Load(line, folders, []).Components, logger));
        if (line.GetValue(Markdown) || line.GetValue(Csv))
            foreach (var row in line.GetValue(Csv) ? PaperTables.Csv(report) : PaperTables.Markdown(report))
                terminal.Out.WriteLine(row);
        else
            Write(report, Path.GetFullPath(output ?? (folders.Length == 1 ? new RunFolder(folders[0]).Report : "report.html")));
        return ExitCode.Done;
    }

    /// <summary>Plugins of the usual places, those that are named, and those that runs were made with.</summary>
    private PluginCatalog Load(ParseResult line, IEnumerable<string> runs, IReadOnlyList<string> named)
    {
        var used = runs.SelectMany(run => new RunFolder(Path.GetFullPath(run)).ReadRecipe()?.PluginFolders ?? []).Distinct().ToLookup(
            folder => Directory.Exists(folder) && Directory.EnumerateFiles(folder, "*.dll", SearchOption.AllDirectories).Any());
        foreach (var gone in used[false])
            terminal.Error.WriteLine($"The plugin folder '{gone}', with which the run was made, is not there or holds no plugin: what it "
                + $"adds to reports is missing. Say where it is now with --plugins.");
        return plugins.Load(line, [.. named, .. used[true]]);
    }

    /// <summary>Puts the parts of a run together.</summary>
    /// <returns>The folder of the whole run.</returns>
    private async Task<string> MergeAsync(IReadOnlyList<ShardFolder> parts, string? output, ParseResult line,
        CancellationToken cancellationToken)
    {
        var origin = parts[0].Folder.ReadRecipe()?.RecipeFile;
        var recipe = RecipeReader.ReadAgain(parts[0].Folder.ShardRecipe, named => Load(line, [parts[0].Path], named),
            File.Exists(origin) ? Path.GetDirectoryName(origin) : null, RemoteFiles.Places(line)) is var read && read.Recipe is { } found
            ? found : throw new InvalidRecipeException(read.Problems);
        var folder = new RunFolder(Path.GetFullPath(output ?? RunOptions.DefaultOutput(recipe.Name, null)));
        if (parts.Any(part => part.Folder.Root == folder.Root))
            throw new UsageException($"'{folder.Root}' is one of the parts: name another folder for the whole run with --output.");
        using var taken = folder.Open();
        var merge = new ShardMerge(parts, folder, recipe);
        await merge.WriteAsync(new ShardQuestions(new SampleLists(logger), RunPreparation.MakeSources(), merge.Origins,
            terminal.Error.WriteLine), cancellationToken);
        new RunReports(merge.Plan, folder, merge.Origins, logger).Write();
        terminal.Error.WriteLine($"The whole run is in '{folder.Root}'.");
        return folder.Root;
    }

    private void Write(Report report, string path)
    {
        HtmlReport.Write(path, report);
        terminal.Error.WriteLine($"The report is '{path}'.");
    }
}
