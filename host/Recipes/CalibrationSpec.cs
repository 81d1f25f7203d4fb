using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Options;

namespace LlmKick.Recipes;

/// <summary>The <c>calibration</c> section.</summary>
internal sealed record CalibrationSpec : IValidatedOptions
{
    [Option("Text file, or JSONL whose lines have a text field", IsPath = true, PathKind = PathKind.File)]
    public string? Text { get; init; }

    [Option("Instead of a text: JSONL of conversations, each line with `messages` of role and content, or ShareGPT's `conversations` of "
        + "from and value; written by the model's own chat template, cut at `length`, and not padded", IsPath = true,
        PathKind = PathKind.File)]
    public string? Messages { get; init; }

    [Option("Sequences", Min = 1, Max = 1_000_000)]
    public int Samples { get; init; } = 128;

    [Option("Tokens in each sequence", Min = 2, Max = 1_000_000)]
    public int Length { get; init; } = 2048;

    [Option("first: the text's first tokens, or the first conversations; random: windows at random places, or random conversations; "
        + "documents: the paper's rule, a random window of random documents longer than length; gptq, wanda, sparsegpt: to the token what "
        + "those repositories draw by that seed: of JSONL windows of random documents, of a text windows of its rows, joined by a blank "
        + "line (gptq) or a space")]
    public CalibrationTake Take { get; init; } = CalibrationTake.First;

    [Option("Seed of random draws; the variant's own seed, else the recipe's, unless given")]
    public int? Seed { get; init; }

    [Option("How methods that look at inputs treat experts")]
    public ExpertCalibration Experts { get; init; } = new();

    /// <summary>Whether the seed decides the sequences' order too.</summary>
    public bool IsShuffled { get; init; }

    /// <summary>The file that is read.</summary>
    public string File => Text ?? Messages ?? "";

    /// <inheritdoc/>
    public IEnumerable<OptionFault> Validate()
    {
        if (Text is null == Messages is null)
            yield return new OptionFault(Text is null ? "text" : "messages",
                "give either `text`, a file of text, or `messages`, a file of conversations.");
        if (Messages is not null && Take is not (CalibrationTake.First or CalibrationTake.Random))
            yield return new OptionFault("take", "conversations are the `first` ones or `random` ones.");
    }
}
