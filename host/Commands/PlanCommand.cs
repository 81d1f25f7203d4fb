using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Reports;
using LlmKick.Runs.Work;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary><c>plan</c>: shows what a run would do and what of it is done.</summary>
internal sealed class PlanCommand : Command
{
    private readonly Terminal terminal;
    private readonly ILogger logger;

    public PlanCommand(RecipeSource recipes, Terminal terminal, ILogger<PlanCommand> logger)
        : base("plan", "Show what a run would do, what of it is done, and the work that is left")
    {
        (this.terminal, this.logger) = (terminal, logger);
        Arguments.Add(RecipeSource.FileOrQuickstart);
        foreach (var option in (Option[])[RunOptions.Output, CommonOptions.Set, RunOptions.Device, RunOptions.Threads, RunOptions.Only,
            RunOptions.Shard, CommonOptions.Json])
            Options.Add(option);
        SetAction((line, cancellationToken) => ShowAsync(line, recipes, cancellationToken));
    }

    private async Task<int> ShowAsync(ParseResult line, RecipeSource recipes, CancellationToken cancellationToken)
    {
        var json = line.GetValue(CommonOptions.Json);
        var (result, fetches) = await recipes.ReadAsync(line, RunPreparation.Overrides(line), cancellationToken);
        var recipe = RecipeSource.Right(result);
        if (fetches.Count == 0)
            return await ShowAsync(RunPreparation.Of(line, recipe), json, cancellationToken);
        if (json)
            terminal.WriteJson(new JsonObject { ["format"] = "llmkick/fetches@1", ["fetches"] = FetchJson.Of(fetches) });
        else
        {
            foreach (var fetch in fetches)
                terminal.Out.WriteLine(fetch.Sentence());
            terminal.Out.WriteLine("What a run does with it is planned once it is here: 'llmkick run' fetches it, and so do 'llmkick model "
                + "fetch' and 'llmkick data fetch'.");
        }
        return ExitCode.Done;
    }

    private async Task<int> ShowAsync(RunPreparation preparation, bool json, CancellationToken cancellationToken)
    {
        var plan = preparation.Plan(cancellationToken);
        var survey = new RunSurvey(plan, preparation.Folder, new SampleLists(logger));
        var variants = await survey.LookAsync(preparation.Selection, cancellationToken);
        var powers = TaskPower.Of(plan, preparation.Folder, variants);
        if (json)
            terminal.WriteJson(PlanReport.Document(plan, preparation.Folder, variants, powers));
        else
            Write(variants, powers);
        return ExitCode.Done;
    }

    private void Write(IReadOnlyList<VariantOutlook> variants, IReadOnlyList<TaskPower> powers)
    {
        PlanReport.Table(variants).Write(terminal);
        var memory = PlanReport.Memory(variants);
        if (powers.Count > 0 || memory is not null || PlanReport.Notes(variants).Any())
            terminal.Out.WriteLine();
        foreach (var power in powers)
            terminal.Out.WriteLine(power.Sentence());
        if (memory is not null)
            terminal.Out.WriteLine(memory);
        if (PlanReport.Disk(variants) is { } disk)
            terminal.Out.WriteLine(disk);
        foreach (var note in PlanReport.Notes(variants))
            terminal.Out.WriteLine(note);
    }
}
