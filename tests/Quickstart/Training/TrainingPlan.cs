using LlmKick.Quickstart.Text;

namespace LlmKick.Quickstart.Training;

/// <summary>Everything that decides a training.</summary>
internal sealed record TrainingPlan
{
    /// <summary>The model that comes with the tool.</summary>
    public static TrainingPlan Quickstart { get; } = new()
    {
        People = 240,
        Shape = new Shape(Vocabulary: 2048, Width: 256, Blocks: 3, Heads: 4, Inner: 512, Context: 512),
        Rows = 8,
        Length = 256,
        Steps = 8000,
        Rate = 2e-3,
        Facts = new Mix(Biographies: 60, Questions: 14, Passages: 14, Choices: 5, Summaries: 2, Echoes: 5),
        Reading = new Mix(Biographies: 45, Questions: 11, Passages: 28, Choices: 9, Summaries: 4, Echoes: 3),
        ReadingFrom = 0.35,
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

    /// <summary>What is read first: mostly facts.</summary>
    public required Mix Facts { get; init; }

    /// <summary>What is read later: more passages.</summary>
    public required Mix Reading { get; init; }

    /// <summary>The share of steps after which <see cref="Reading"/> takes over.</summary>
    public required double ReadingFrom { get; init; }

    /// <summary>The mix of a step.</summary>
    public Mix MixAt(int step) => step < ReadingFrom * Steps ? Facts : Reading;
}
