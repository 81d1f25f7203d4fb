using LlmKick.Quickstart.Text;

namespace LlmKick.Quickstart.Training;

/// <summary>Everything that decides a training.</summary>
internal sealed record TrainingPlan
{
    private static readonly Mix Balanced = new(Biographies: 43, Questions: 11, Passages: 27, Choices: 13, Summaries: 4, Echoes: 2);

    /// <summary>The model that comes with the tool: reading comes first, for a model that remembers does not begin to look things
    /// up.</summary>
    public static TrainingPlan Quickstart { get; } = new()
    {
        People = 240,
        Shape = new Shape(Vocabulary: 2048, Width: 256, Blocks: 4, Heads: 4, Inner: 512, Context: 512),
        Steps = 5000,
        Rate = 2e-3,
        Phases =
        [
            new(0, new Mix(Biographies: 35, Questions: 10, Passages: 0, Choices: 6, Summaries: 3, Echoes: 3, Snippets: 43)) { Rows = 32,
                Length = 64 },
            new(1500, new Mix(Biographies: 50, Questions: 14, Passages: 14, Choices: 7, Summaries: 2, Echoes: 2, Snippets: 11)),
            new(3000, Balanced),
        ],
    };

    public ulong Seed { get; init; } = 1;

    public required int People { get; init; }

    public required Shape Shape { get; init; }

    public required int Steps { get; init; }

    /// <summary>The highest learning rate.</summary>
    public required double Rate { get; init; }

    public double Decay { get; init; } = 0.01;

    /// <summary>Threads of the products: with another number sums come in another order. Such small products gain little from
    /// more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What is read when, the first from step 0.</summary>
    public required IReadOnlyList<Phase> Phases { get; init; }

    /// <summary>Tokens read before a step.</summary>
    public long TokensUntil(int step) => Enumerable.Range(0, step).Sum(past => (long)PhaseAt(past).Rows * PhaseAt(past).Length);

    /// <summary>The phase of a step.</summary>
    public Phase PhaseAt(int step) => Phases.Last(phase => phase.From <= step);
}
