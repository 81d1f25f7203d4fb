using LlmKick.Kick.Judging;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Summarization;

/// <summary>Options of <see cref="SummarizationTask"/>.</summary>
internal sealed record SummarizationOptions : JudgedOptions
{
    [Option("JSONL with `text` (the prompt with its story) or `article` and `highlights`, and where there is one `category` (the length "
        + "class); or CNN/DailyMail as the hub has it (Parquet in one file or several), asked as the paper asks.", Required = true,
        IsPath = true, PathKind = PathKind.Files, Layout = "stories")]
    public string Path { get; init; } = "";

    [Option("What is done with the `@highlight` lines, the reference summary inside the paper's prompts: `strip` them, or `keep` them "
        + "as the paper did.")]
    public HighlightUse Highlights { get; init; } = HighlightUse.Strip;

    [Option("How the prompt is written: `auto` by the model's own template, or { template: NAME or FILE, variables: { enable_thinking: "
        + "false } }; the paper has `vicuna`.")]
    public ChatOptions Chat { get; init; } = new();

    [Option("The system message; where empty, the model's own default, or none.")]
    public string System { get; init; } = "";

    [Option("The most tokens of a summary; the paper's code allows 1,024. Prompt and summary must fit the context together.", Min = 1,
        Max = 4096)]
    public int MaxNewTokens { get; init; } = 256;

    [Option("Whether ROUGE compares stems (Porter's, for English) instead of words, as rouge-score does with `use_stemmer`.")]
    public bool Stem { get; init; }

    [Option("Length classes asked, such as [small]; default: all.")]
    public IReadOnlyList<string> Classes { get; init; } = [];

    [Option("The most stories of each length class; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which stories of each class a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;

    /// <inheritdoc/>
    public override IEnumerable<OptionFault> Validate()
    {
        foreach (var fault in base.Validate())
            yield return fault;
        if (JudgePrompts is not null && Baseline is null)
            yield return new OptionFault("judge_prompts",
                "a judge scores summaries beside others: give `baseline`, `dense` or a file of summaries");
        if (Kind() == JudgeKind.Verdicts)
            yield return new OptionFault("judge_prompts",
                "these ask for one verdict, and summaries are scored in four aspects: give the paper's prompt.jsonl");
    }
}
