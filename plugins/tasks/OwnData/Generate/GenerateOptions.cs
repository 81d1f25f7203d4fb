using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.OwnData.Generate;

/// <summary>Options of <see cref="GenerateTask"/>.</summary>
internal sealed record GenerateOptions : SamplingOptions
{
    [Option("JSONL with one object a line, or CSV (TSV) whose first line names the columns.", Required = true, IsPath = true,
        PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    [Option("What the model reads; {column} stands for the row's text, {{ and }} for braces.", Required = true)]
    public string Prompt { get; init; } = "";

    [Option("A column with a text to compare with (ROUGE); a list holds several, of which the nearest counts.")]
    public string? Reference { get; init; }

    [Option("Whether ROUGE compares stems (Porter's, for English) instead of words, as rouge-score does with `use_stemmer`.")]
    public bool Stem { get; init; }

    [Option("A column that names the row's group, such as a topic: metrics then come for each group too.")]
    public string? Group { get; init; }

    [Option("Texts that end an answer.")]
    public IReadOnlyList<string> Stop { get; init; } = [];

    [Option("The most tokens of an answer; more take longer. Answers that are cut are counted.", Min = 1, Max = 4096)]
    public int MaxNewTokens { get; init; } = 256;

    [Option("The most rows; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which rows a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
