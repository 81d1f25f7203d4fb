using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>The <c>calibration</c> section.</summary>
internal sealed record CalibrationSpec
{
    [Option("Text file, or JSONL whose lines have a text field", Required = true, IsPath = true, PathKind = PathKind.File)]
    public string Text { get; init; } = "";

    [Option("Sequences", Min = 1, Max = 1_000_000)]
    public int Samples { get; init; } = 128;

    [Option("Tokens in each sequence", Min = 2, Max = 1_000_000)]
    public int Length { get; init; } = 2048;

    [Option("first: the text's first tokens; random: windows at random places; documents: the paper's rule, a random window of random "
        + "documents longer than length")]
    public CalibrationTake Take { get; init; } = CalibrationTake.First;

    [Option("Seed of random draws; the variant's own seed, else the recipe's, unless given")]
    public int? Seed { get; init; }

    [Option("How methods that look at inputs treat experts")]
    public ExpertCalibration Experts { get; init; } = new();

    /// <summary>Whether the seed decides the sequences' order too.</summary>
    public bool IsShuffled { get; init; }
}
