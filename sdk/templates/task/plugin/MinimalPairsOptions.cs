using LlmKick.Sdk.Options;
using LlmKick.Sdk.Tasks;

namespace Contoso.Plugin_1;

/// <summary>What recipes can say: checked before anything is loaded, listed by <c>llmkick list</c>.</summary>
public sealed record MinimalPairsOptions
{
    /// <summary>The pairs.</summary>
    [Option("JSONL: one object a line with the texts 'good' and 'bad', and 'phenomenon' to group by.", Required = true, IsPath = true,
        PathKind = PathKind.File)]
    public string Path { get; init; } = "";

    /// <summary>The most pairs.</summary>
    [Option("The most pairs; default: all.", Min = 1, Role = OptionRole.Selection)]
    public int? Limit { get; init; }

    /// <summary>Which pairs a limit keeps.</summary>
    [Option("Which pairs a limit keeps: the `first`, or `random` ones by the task's seed.", Role = OptionRole.Selection)]
    public SampleChoice Take { get; init; } = SampleChoice.First;
}
