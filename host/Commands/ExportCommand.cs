using System.CommandLine;
using System.Text.Json.Nodes;
using LlmKick.Options;
using LlmKick.Recipes;
using LlmKick.Recipes.Yaml;
using LlmKick.Runs.Plan;
using LlmKick.Runs.Records;
using LlmKick.Runs.Saving;
using LlmKick.Runs.Work;
using LlmKick.Runtime;
using LlmKick.Sdk;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tensors;
using LlmKick.Terminals;
using Microsoft.Extensions.Logging;

namespace LlmKick.Commands;

/// <summary><c>export</c>: writes a variant of a run as files for other programs.</summary>
internal sealed class ExportCommand : Command
{
    private static readonly Argument<string> Run = new("RUN") { Description = "The folder of the run" };
    private static readonly Argument<string> Variant =
        new("VARIANT") { Description = "The variant's name; 'dense' is the untouched model" };
    private static readonly Option<string> Form = new("--format", "-f") { Description =
        "Format of the files, such as gguf, gptq or hf-dense; 'llmkick list' names all", HelpName = "FORMAT", Required = true };
    private static readonly Option<string> Type = new("--type") { Description =
        "How values are stored where the format leaves a choice, such as Q4_K_M or bfloat16 [the format's first]", HelpName = "TYPE" };
    private static readonly Option<string> Output = new("--output",
        "-o") { Description = "File or folder to write [checkpoints/VARIANT/FORMAT-TYPE in the run's folder]", HelpName = "PATH",
        Validators = { OptionRules.Path } };
    private static readonly Option<int> Shard = new("--shard") { Description = "Megabytes of a file of a folder; a larger model is split",
        HelpName = "MB", DefaultValueFactory = _ => 5000, Validators = { OptionRules.AtLeast(1) } };
    private static readonly Option<bool> KeepDense =
        new("--keep-dense") { Description = "Store linears dense that the format cannot hold as they are" };

    private static readonly Option<bool> OneType =
        new("--one-type") { Description = "Refuse the model where rows of linears do not fill the type's blocks" };

    private static readonly Option<string> Layout = new("--layout") { Description =
        "Experts as the model's own folder has them (source), or a tensor for each (experts), or all of a layer in one (stacked)",
        HelpName = "LAYOUT", DefaultValueFactory = _ => "source" };

    private readonly Terminal terminal;
    private readonly ILogger logger;

    public ExportCommand(RecipeSource recipes, Terminal terminal, ILogger<ExportCommand> logger)
        : base("export", "Write a variant of a run as files for other programs")
    {
        (this.terminal, this.logger) = (terminal, logger);
        Layout.AcceptOnlyFromAmong([.. OptionScalar.EnumNames(typeof(ExpertLayout))]);
        Arguments.Add(Run);
        Arguments.Add(Variant);
        foreach (var option in (Option[])[Form, Type, Output, Shard, KeepDense, OneType, Layout, RunOptions.Threads, CommonOptions.Json])
            Options.Add(option);
        SetAction((line, cancellationToken) => ExportAsync(line, recipes, cancellationToken));
    }

    private async Task<int> ExportAsync(ParseResult line, RecipeSource recipes, CancellationToken cancellationToken)
    {
        var output = line.GetValue(Output) is { } path ? Path.GetFullPath(path) : null;
        var preparation = await RunPreparation.OfRunAsync(line, line.GetRequiredValue(Run), recipes, cancellationToken);
        using var taken = preparation.Folder.Open();
        var device = await ComputeThread.RunAsync(() => TensorRuntime.Start(preparation.Device, preparation.Threads));
        var plan = preparation.Plan(cancellationToken);
        var save = Save(line, plan, preparation.Folder, output);
        var display = new PlainDisplay(terminal.Error, TimeProvider.System);
        var record = await ExportAsync(save, new RunServices(plan, preparation.Folder, device, display, logger), cancellationToken);
        if (line.GetValue(CommonOptions.Json))
            terminal.WriteJson(Document(save, record));
        return ExitCode.Done;
    }

    private static async Task<SaveRecord> ExportAsync(SavePlan save, RunServices services, CancellationToken cancellationToken)
    {
        CheckpointSaver.RequireFit([save]);
        var calibration = new CalibrationData();
        services.Display.Note(Source(save.Variant, services.Folder));
        await using var judge = new JudgeModel(services);
        return await new VariantRunner(services, calibration, new SampleLists(services.Logger), judge,
            RunSelection.Of(services.Plan.Recipe, null)).ExportAsync(save, cancellationToken);
    }

    private static SavePlan Save(ParseResult line, RunPlan plan, RunFolder folder, string? output)
    {
        var name = line.GetRequiredValue(Variant);
        var variant = plan.Variants.FirstOrDefault(variant => variant.Name == name)
            ?? throw new UsageException(
                $"The run has no variant '{name}'{NearestName.Question(name, [.. plan.Variants.Select(variant => variant.Name)])} It has "
                    + $"{string.Join(", ", plan.Variants.Select(variant => variant.Name))}.");
        var spec = new SaveSpec { Format = line.GetRequiredValue(Form), Type = line.GetValue(Type), Path = output,
            ShardMegabytes = line.GetValue(Shard), KeepDense = line.GetValue(KeepDense), OneType = line.GetValue(OneType),
            Layout = Enum.Parse<ExpertLayout>(line.GetRequiredValue(Layout), ignoreCase: true) };
        if (SavePlan.Source(variant) is null)
            throw new LlmKickException($"Models of '{variant.Spec.Model.Component.Name}' cannot be written as files.");
        var formats = variant.Spec.Formats.Select(writer => writer.Format).ToList();
        var format = formats.FirstOrDefault(format => format.Name == spec.Format)
            ?? throw new UsageException($"--format {spec.Format}: there is no such "
                + $"format{NearestName.Question(spec.Format, [.. formats.Select(format => format.Name)])} There are "
                + $"{string.Join(", ", formats.Select(format => format.Name))}.");
        if (spec.Type is { } type && !format.Types.Contains(type, StringComparer.OrdinalIgnoreCase))
            throw new UsageException($"--type {type}: " + (format.Types.Count == 0
                ? $"{format.Name} leaves no choice: leave it out."
                : $"{format.Name} has no such type{NearestName.Question(type, format.Types)} It has {string.Join(", ", format.Types)}."));
        return new SavePlan(variant, spec, spec.PathOf(variant.Name, folder.Checkpoints, format.Extension));
    }

    private static string Source(VariantPlan variant, RunFolder folder)
    {
        var blocks = variant.StageFingerprints.Count * variant.Model.BlockCount;
        var kept = variant.StageFingerprints.Index()
            .Sum(stage => new BlockStore(folder.Blocks(variant.Name, stage.Index), stage.Item).Count(variant.Model.BlockCount));
        return blocks == 0 ? $"{variant.Name} is the model as it is."
            : kept == blocks ? $"{variant.Name} is taken from the blocks that the run kept."
            : $"{variant.Name} is compressed again from the recipe: of its {blocks} blocks {kept} are kept and fit what the "
                + $"recipe says now.";
    }

    private static JsonObject Document(SavePlan save, SaveRecord record) => new()
    {
        ["format"] = "llmkick/export@1",
        ["variant"] = save.Variant.Name,
        ["saved_as"] = save.Spec.Name,
        ["path"] = record.Path,
        ["bytes"] = record.Bytes,
        ["notes"] = new JsonArray([.. record.Notes.Select(note => (JsonNode)note)]),
    };
}
