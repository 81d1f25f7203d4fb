using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Choice;

/// <summary>Options of <see cref="ChoiceTask"/>.</summary>
internal sealed record ChoiceOptions
{
    [Option("Your questions: JSONL with one object a line, or CSV (TSV) whose first line names the columns.", Required = true,
        IsPath = true, PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    [Option("What the model reads before a choice; {column} stands for the row's text, {{ and }} for braces.")]
    public string Prompt { get; init; } = "Question: {question}\nAnswer:";

    [Option("The columns of the choices: one that holds a list, or one for each choice.")]
    public IReadOnlyList<string> Choices { get; init; } = ["choices"];

    [Option("The column of the right choice: its text, its letter (A is the first) or its place from 0.")]
    public string Answer { get; init; } = "answer";

    [Option("What stands between prompt and choice.")]
    public string Separator { get; init; } = " ";

    [Option("A column that names what rows have in common, such as a passage: intervals then draw these whole.")]
    public string? Cluster { get; init; }

    [Option("The most rows; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which rows a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
