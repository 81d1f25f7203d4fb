using System.Text.Json.Nodes;
using LlmKick.Harness.Asking;
using LlmKick.Harness.Definitions;
using LlmKick.Harness.Yaml;
using LlmKick.Sdk;
using LlmKick.Sdk.Options;

namespace LlmKick.Harness;

/// <summary>Options of <see cref="HarnessTask"/>.</summary>
internal sealed record HarnessOptions : IValidatedOptions
{
    /// <summary>The behaviour of the release that others publish numbers of, its faults included.</summary>
    public const string Release = "lm-eval-0.4.13";

    [Option("Folder of task files of lm-evaluation-harness (YAML); those in folders below it count too.", Required = true, IsPath = true,
        PathKind = PathKind.Folder)]
    public string Folder { get; init; } = "";

    [Option("Names of tasks, groups or tags in these files; `*` stands for any letters.", Required = true)]
    public IReadOnlyList<string> Tasks { get; init; } = [];

    [Option("Folder of the data: `data_files` are found from it, and data sets of a hub below it, as `org/name`; `hub:org/name/FOLDER` "
        + "fetches one of these.", Required = true,
        IsPath = true, PathKind = PathKind.Folder)]
    public string Data { get; init; } = "";

    [Option("Worked examples before each question; default: as in the task.", Min = 0, Role = OptionRole.Shots)]
    public int? NumFewshot { get; init; }

    [Option("The most rows of each task, the first; below 1 that share of them. Default: all.", Min = 0, Role = OptionRole.Selection)]
    public double? Limit { get; init; }

    [Option("Seed of the choice of examples, which is drawn as Python's `random` draws.")]
    public int FewshotSeed { get; init; } = 1234;

    [Option(
        "Writes prompts as conversations by the model's template: examples in `one-turn` with the question, or as `multiturn`; default: "
        + "as plain text.", Choices = ["one-turn", "multiturn"])]
    public string? Chat { get; init; }

    [Option("A text in front of each task's description.")]
    public string? SystemInstruction { get; init; }

    [Option("Changes to each task's `generation_kwargs`, such as { max_gen_toks: 64 }.")]
    public JsonObject? GenKwargs { get; init; }

    [Option("Whether a beginning-of-text token goes in front; default: as the model's tokenizer does.")]
    public bool? Bos { get; init; }

    [Option("The longest sequence in tokens, from whose start more is cut off; default: the model's.", Min = 2)]
    public int? MaxLength { get; init; }

    [Option("`lm-eval-0.4.13` gives that release's values where it is wrong: continuations that share their tokens with one cut elsewhere, "
        + "and a beginning of text that is scored.", Choices = [Release])]
    public string? As { get; init; }

    [Option("Draws of the standard errors in `results.json` that are no formula; 0 leaves all errors out.", Min = 0, Max = 1000000)]
    public int BootstrapIters { get; init; } = 1000;

    /// <summary>Whether values are that release's even where it is wrong.</summary>
    public bool IsRelease => As == Release;

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Tasks.Count == 0)
            return [new OptionFault("tasks", "it is empty: name a task, group or tag of the folder's files")];
        if (Limit is 0)
            return [new OptionFault("limit", "it leaves no row: give how many, a share below 1, or leave it out for all")];
        if (!Directory.Exists(Folder) || !Directory.Exists(Data))
            return [];
        try
        {
            foreach (var leaf in TaskTree.Read(this).Leaves)
            {
                if (leaf.Kind == OutputKind.GenerateUntil)
                    _ = new GenerationRequest(leaf);
                leaf.CheckData(Data);
                new TaskRows(leaf, Data).CheckAsync(CancellationToken.None).GetAwaiter().GetResult();
            }
            return [];
        }
        catch (LlmKickException fault)
        {
            return [new OptionFault("tasks", fault.Message.TrimEnd('.'))];
        }
    }
}
