using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>Options of tasks whose answers a judge may grade.</summary>
internal abstract record JudgedOptions : SamplingOptions
{
    /// <summary>The word for the dense variant's own answers.</summary>
    public const string Dense = "dense";

    [Option("The judge's prompts: MT-Bench's judge_prompts.jsonl or the paper's prompt.jsonl. The recipe must name a `judge`; without "
        + "these nothing is judged.", IsPath = true, PathKind = PathKind.File, Layout = "judge_prompts")]
    public string? JudgePrompts { get; init; }

    [Option("Answers to compare with, in both positions: `dense` for the untouched model's own, or JSONL with `question_id` and "
        + "answers. Without it MT-Bench's prompts rate each answer by itself.", IsPath = true, PathKind = PathKind.File, Word = Dense)]
    public string? Baseline { get; init; }

    [Option("Whether the judge is also asked about identical answers (the dense variant's, against themselves): what it tells apart "
        + "there is noise. Twice the replies on `dense`.")]
    public bool NoiseFloor { get; init; }

    [Option("The most tokens of a judge's reply; one that is cut before its verdict cannot be read.", Min = 1, Max = 8192)]
    public int JudgeTokens { get; init; } = 1024;

    /// <summary>Whether the dense variant's answers are needed.</summary>
    public bool NeedsReference() => JudgePrompts is not null && (Baseline == Dense || NoiseFloor);

    /// <summary>How the judge is asked, which its prompts decide.</summary>
    public JudgeKind Kind() => JudgePrompts is null ? JudgeKind.None
        : Baseline is null ? JudgeKind.Single
        : Judging.JudgePrompts.AreVerdicts(JudgePrompts) ? JudgeKind.Verdicts : JudgeKind.Scores;

    /// <inheritdoc/>
    public override IEnumerable<OptionFault> Validate()
    {
        foreach (var fault in base.Validate())
            yield return fault;
        if (JudgePrompts is null && Baseline is not null)
            yield return new OptionFault("baseline",
                "it is what a judge compares with, and nothing is judged without `judge_prompts`: give them, or leave it out");
        if (JudgePrompts is null && NoiseFloor)
            yield return new OptionFault("noise_floor", "nothing is judged without `judge_prompts`: give them, or leave it out");
    }
}
