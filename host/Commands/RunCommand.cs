using System.CommandLine;
using LlmKick.Recipes;
using LlmKick.Reports;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Content;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Shards;
using LlmKick.Runs.Work;
using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tensors;
using LlmKick.Storage;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary><c>run</c>: does what a recipe asks, as far as it is not done yet.</summary>
internal sealed class RunCommand : Command
{
    private readonly Terminal terminal;
    private readonly ILogger logger;

    public RunCommand(RecipeSource recipes, Terminal terminal, ILogger<RunCommand> logger)
        : base("run", "Do what a recipe asks; what was done before is not done again")
    {
        (this.terminal, this.logger) = (terminal, logger);
        Arguments.Add(RecipeSource.FileOrQuickstart);
        foreach (var option in (Option[])[RunOptions.Output, CommonOptions.Set, RunOptions.Device, RunOptions.Threads, RunOptions.Only,
            RunOptions.Shard, CommonOptions.Json])
            Options.Add(option);
        SetAction(async (line, cancellationToken) => await RunAsync(await RunPreparation.OfAsync(line, recipes, cancellationToken),
            line.GetValue(CommonOptions.Json), cancellationToken));
    }

    private async Task<int> RunAsync(RunPreparation preparation, bool json, CancellationToken cancellationToken)
    {
        try
        {
            using var taken = preparation.Folder.Open();
            return await RunInFolderAsync(preparation, json, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            await terminal.Error.WriteLineAsync(
                $"What was finished is kept in '{preparation.Folder.Root}'. To go on: {CommandLineText.Current()}");
            throw;
        }
    }

    private async Task<int> RunInFolderAsync(RunPreparation preparation, bool json, CancellationToken cancellationToken)
    {
        var device = await ComputeThread.RunAsync(() => TensorRuntime.Start(preparation.Device, preparation.Threads));
        var plan = preparation.Plan(cancellationToken);
        preparation.Folder.WriteRecipe(preparation.Origin);
        preparation.Folder.WriteState(new RunState(RunState.CurrentFormat, plan.Environment.Device, plan.DataType));
        if (DataTypes.Warning(plan.DataType, preparation.Device) is { } warning)
            await terminal.Error.WriteLineAsync(warning);
        var origins = preparation.Sources.Of(plan);
        ShardRecord.Write(preparation.Folder, preparation.Selection.Shard, plan, origins);
        var reports = new RunReports(plan, preparation.Folder, origins, logger);
        try
        {
            await ShowAsync(display => new RunExecutor(new RunServices(plan, preparation.Folder, device, display, logger))
                .RunAsync(preparation.Selection, cancellationToken));
        }
        catch (OperationCanceledException)
        {
            reports.Write();
            throw;
        }
        return Report(plan, preparation, reports, json);
    }

    private Task ShowAsync(Func<IRunDisplay, Task> work) =>
        terminal.IsErrorRich ? LiveDisplay.ShowAsync(terminal.RichError, work)
            : work(new PlainDisplay(terminal.Error, TimeProvider.System));

    private int Report(RunPlan plan, RunPreparation preparation, RunReports reports, bool json)
    {
        var report = reports.Write();
        var records = new RunRecords(preparation.Folder);
        if (json)
            terminal.WriteJson(Json.Of(report.Run)!);
        else
            RunSummary.Write(report, terminal);
        terminal.Error.WriteLine($"The report to look at is '{preparation.Folder.Report}'.");
        terminal.Error.WriteLine($"Results are in '{preparation.Folder.Root}'.");
        if (preparation.Selection.Shard is { } shard)
            terminal.Error.WriteLine(
                $"This is part {shard.Index} of {shard.Count}: 'llmkick report' puts the folders of all parts together.");
        return records.HasFailures(plan, preparation.Selection) | IsBreached(plan.Recipe, preparation.Selection, report) ? ExitCode.Failed
            : ExitCode.Done;
    }

    private bool IsBreached(Recipe recipe, RunSelection selection, Report report)
    {
        var (require, breaches) = (recipe.Require, new List<string>());
        if (require?.Coverage is { } share)
            breaches.AddRange(CoverageNotes.Breaches(report.Run.Variants, share));
        if (require?.Recovery is { } recovery && selection.Shard is null)
        {
            var made = report.Comparisons.Where(one => require.Includes(one.Task)).ToList();
            breaches.AddRange(RecoveryGate.Missing([.. selection.Compressed.Where(one => require.Includes(one.Task))], made));
            breaches.AddRange(RecoveryGate.Breaches(made, recovery, "the dense model"));
        }
        if (require?.Recovery is not null && selection.Shard is not null)
            terminal.Error.WriteLine("require: recovery is not judged of a part, but of the whole run: give its folder to 'llmkick run' "
                + "without --shard once the parts are put together.");
        foreach (var breach in breaches)
            terminal.Error.WriteLine($"require: {breach}");
        return breaches.Count > 0;
    }
}
