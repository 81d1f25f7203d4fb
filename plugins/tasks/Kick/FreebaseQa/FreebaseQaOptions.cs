using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>Options of <see cref="FreebaseQaTask"/>.</summary>
internal sealed record FreebaseQaOptions : SamplingOptions
{
    [Option("FreebaseQA's JSON, or a text file with `question | answer` in each line.", Required = true, IsPath = true,
        PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    [Option("The most questions; default: all. The paper takes the first 1,000. Fewer are faster and give wider intervals.", Min = 1,
        Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    [Option("Which questions a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;

    [Option("What stands before `The answer is`: a `newline` (the paper's script for pruned models) or a `space` (for quantized ones).")]
    public AnswerSeparator Prompt { get; init; } = AnswerSeparator.Newline;

    [Option("Prompt and answer together have at most this many times the prompt's tokens; more gives `accuracy.paper` more chances.",
        Min = 2, Max = 100)]
    public int MaxLengthFactor { get; init; } = 3;

    [Option("The most tokens of every answer, instead of a multiple of its prompt's: the same chances for long and short questions.",
        Min = 1, Max = 1024)]
    public int? MaxNewTokens { get; init; }
}
