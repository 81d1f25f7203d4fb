using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>One of the <c>references</c>: a number that somebody printed, to be told beside the run's own.</summary>
internal sealed record ReferenceSpec
{
    [Option("Name of the variant", Required = true)]
    public string Variant { get; init; } = "";

    [Option("Name of the task", Required = true)]
    public string Task { get; init; } = "";

    [Option("The metric, or metric/group; the task's first unless given")]
    public string? Metric { get; init; }

    [Option("The printed number, in the metric's own unit: a share, not per cent", Required = true)]
    public double Value { get; init; }

    [Option("Where it is printed")]
    public string? Source { get; init; }
}
