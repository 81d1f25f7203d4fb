using LlmKick.Perplexity.Texts;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Perplexity;

/// <summary>Options of <see cref="PerplexityTask"/>.</summary>
internal sealed record PerplexityOptions : IValidatedOptions
{
    [Option("Text file, or .parquet, .jsonl, .csv or .tsv with a column of texts (joined by a blank line); a folder or a pattern names "
        + "several, read in the order of their names.", Required = true, IsPath = true, PathKind = PathKind.Files, Layout = "text")]
    public string Text { get; init; } = "";

    [Option("The column of texts, where `text` has columns.")]
    public string TextColumn { get; init; } = TextSet.UsualColumn;

    [Option("Tokens in a window; at most the model's context. A longer window gives a lower perplexity. The last, short window is "
        + "dropped.", Min = 2)]
    public int Window { get; init; } = 2048;

    [Option("New tokens in each window after the first; default: no overlap. A shorter stride scores with more context and takes "
        + "longer.", Min = 1)]
    public int? Stride { get; init; }

    [Option("`file`: the file as it is; `rows`: lines as rows of a dataset, joined by a blank line, as in published perplexities.")]
    public TextJoin Join { get; init; } = TextJoin.File;

    [Option("Where a beginning-of-text token goes: `none`, `start` (once), `window` (each window).")]
    public BosPlacement Bos { get; init; } = BosPlacement.None;

    [Option("The most windows scored; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which windows a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;

    /// <summary>Text tokens in a window.</summary>
    public int TextTokens => Bos == BosPlacement.Window ? Window - 1 : Window;

    /// <summary>Text tokens from the start of a window to the start of the next.</summary>
    public int Step => Stride ?? TextTokens;

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Step > TextTokens)
            yield return new OptionFault("stride",
                $"{Step} would skip text: a window holds {TextTokens} tokens of it; give {TextTokens} or less.");
    }
}
