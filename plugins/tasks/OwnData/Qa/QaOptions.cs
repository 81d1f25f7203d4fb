using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Qa;

/// <summary>Options of <see cref="QaTask"/>.</summary>
internal sealed record QaOptions : SamplingOptions
{
    [Option("Your questions: JSONL with one object a line, or CSV (TSV) whose first line names the columns.", Required = true,
        IsPath = true, PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    [Option("What the model reads; {column} stands for the row's text, {{ and }} for braces.")]
    public string Prompt { get; init; } = "Question: {question}\nAnswer:";

    [Option("The column of the right answer; a list holds several, any of which is right.")]
    public string Answer { get; init; } = "answer";

    [Option("Texts that end an answer.")]
    public IReadOnlyList<string> Stop { get; init; } = ["\n"];

    [Option("The most tokens of an answer; more take longer.", Min = 1, Max = 4096)]
    public int MaxNewTokens { get; init; } = 32;

    [Option("A column that names what rows have in common, such as a passage: intervals then draw these whole.")]
    public string? Cluster { get; init; }

    [Option("The most rows; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which rows a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
