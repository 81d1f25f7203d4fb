using LlmKick.Kick.Judging;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Instruct;

/// <summary>Options of <see cref="InstructTask"/>.</summary>
internal sealed record InstructOptions : JudgedOptions
{
    [Option("JSONL with `question_id`, `category`, and `text` (Vicuna-80) or `turns` (MT-Bench).", Required = true, IsPath = true,
        PathKind = PathKind.File, Layout = "questions")]
    public string Path { get; init; } = "";

    [Option("JSONL with `question_id` and reference answers, as in MT-Bench's reference_answer folder.", IsPath = true,
        PathKind = PathKind.File, Layout = "answers")]
    public string? References { get; init; }

    [Option("How the conversation is written: `auto` by the model's own template, or { template: NAME or FILE, variables: { "
        + "enable_thinking: false } }; the paper has `vicuna`.")]
    public ChatOptions Chat { get; init; } = new();

    [Option("The system message; where empty, the model's own default, or none.")]
    public string System { get; init; } = "";

    [Option("The most tokens of an answer; the paper's code allows 1,024. Answers that are cut are counted.", Min = 1, Max = 4096)]
    public int MaxNewTokens { get; init; } = 1024;

    [Option("Categories asked, such as [math, coding]; default: all.")]
    public IReadOnlyList<string> Categories { get; init; } = [];

    [Option("The most questions of each category; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which questions of each category a limit keeps: the `first`, or `random` ones by the task's seed.",
        Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
