using LlmKick.Perplexity.Texts;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity.Divergence;

/// <summary>Options of <see cref="DivergenceTask"/>.</summary>
internal sealed record DivergenceOptions : IValidatedOptions
{
    [Option("What the models read: a `text` in windows, or the dense model's own greedy `answers` to prompts.")]
    public DivergenceSource On { get; init; } = DivergenceSource.Text;

    [Option("For `text`: text file, or .parquet, .jsonl, .csv or .tsv with a column of texts (joined by a blank line); a folder or a "
        + "pattern names several, read in the order of their names.", IsPath = true, PathKind = PathKind.Files,
        Layout = "text")]
    public string? Text { get; init; }

    [Option("For `text`: the column of texts, where it has columns.")]
    public string TextColumn { get; init; } = TextSet.UsualColumn;

    [Option("For `text`: tokens in a window; at most the model's context. The last, short window is dropped.", Min = 2)]
    public int Window { get; init; } = 2048;

    [Option("For `text`: `file`: as it is; `rows`: lines as rows of a dataset, joined by a blank line, as in published perplexities.")]
    public TextJoin Join { get; init; } = TextJoin.File;

    [Option("For `text`: where a beginning-of-text token goes: `none`, `start` (once), `window` (each window).")]
    public BosPlacement Bos { get; init; } = BosPlacement.None;

    [Option("For `answers`: JSONL with one object a line, or CSV (TSV) whose first line names the columns.", IsPath = true,
        PathKind = PathKind.File, Layout = "questions")]
    public string? Path { get; init; }

    [Option("For `answers`: what the model reads; {column} stands for the row's text, {{ and }} for braces.")]
    public string? Prompt { get; init; }

    [Option("For `answers`: the most tokens of an answer.", Min = 1, Max = 4096)]
    public int MaxNewTokens { get; init; } = 128;

    [Option("The most windows or prompts; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;

    /// <summary>The windows of the text, as perplexity cuts them.</summary>
    public PerplexityOptions Windows => new()
    {
        Text = Text!, TextColumn = TextColumn, Window = Window, Join = Join, Bos = Bos, Limit = Limit, Take = Take,
    };

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate() => On == DivergenceSource.Text
        ? Missing("text", Text, "a text to read")
        : [.. Missing("path", Path, "a file with a row for each prompt"),
            .. Missing("prompt", Prompt, "what the model reads of a row, such as \"{question}\"")];

    private static IEnumerable<OptionFault> Missing(string key, string? value, string what) =>
        string.IsNullOrEmpty(value) ? [new OptionFault(key, $"it is missing: give {what}")] : [];
}
