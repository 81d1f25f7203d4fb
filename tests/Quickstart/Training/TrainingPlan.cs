using LlmKick.Quickstart.Text;

namespace LlmKick.Quickstart.Training;

/// <summary>Everything that decides a training.</summary>
internal sealed record TrainingPlan
{
    private static readonly Mix Balanced = new(Biographies: 45, Questions: 11, Passages: 28, Choices: 9, Summaries: 4, Echoes: 3);

    /// <summary>The model that comes with the tool: facts come first, for reading comes late and would crowd them out.</summary>
    public static TrainingPlan Quickstart { get; } = new()
    {
        People = 240,
        Shape = new Shape(Vocabulary: 2048, Width: 256, Blocks: 3, Heads: 4, Inner: 512, Context: 512),
        Rows = 8,
        Length = 256,
        Steps = 9000,
        Rate = 2e-3,
        Phases =
        [
            (0, new Mix(Biographies: 60, Questions: 14, Passages: 14, Choices: 5, Summaries: 2, Echoes: 5)),
            (1500, Balanced),
            (3750, new Mix(Biographies: 30, Questions: 9, Passages: 20, Choices: 8, Summaries: 4, Echoes: 4, Snippets: 60)),
            (5500, new Mix(Biographies: 35, Questions: 9, Passages: 40, Choices: 8, Summaries: 4, Echoes: 4, Snippets: 10)),
            (6750, Balanced),
        ],
    };

    public ulong Seed { get; init; } = 1;

    public required int People { get; init; }

    public required Shape Shape { get; init; }

    /// <summary>Rows of a step.</summary>
    public required int Rows { get; init; }

    /// <summary>Tokens of a row.</summary>
    public required int Length { get; init; }

    public required int Steps { get; init; }

    /// <summary>The highest learning rate.</summary>
    public required double Rate { get; init; }

    public double Decay { get; init; } = 0.1;

    /// <summary>Threads of the products: with another number sums come in another order. Such small products gain little from more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is read from which step on, the first from 0.</summary>
    public required IReadOnlyList<(int From, Mix Mix)> Phases { get; init; }

    /// <summary>The mix of a step.</summary>
    public Mix MixAt(int step) => Phases.Last(phase => phase.From <= step).Mix;
}
