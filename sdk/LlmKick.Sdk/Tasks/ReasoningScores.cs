using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Tasks;

/// <summary>What tasks that have texts written tell of the reasoning parts of answers. Samples whose answers have none are in neither
/// metric.</summary>
public static class ReasoningScores
{
    private const string Tokens = "reasoning_tokens";
    private const string Unfinished = "unfinished";

    /// <summary>The metrics, to be listed after a task's own.</summary>
    public static IReadOnlyList<MetricDescription> Metrics { get; } =
    [
        new(Tokens, HigherIsBetter: false, Chance: null,
            "tokens of the reasoning that an answer opened with, which is not scored; mean over answers that had one"),
        new(Unfinished, HigherIsBetter: false, Chance: null,
            "an answer ended inside its reasoning, and was scored as empty; of samples whose answers had one"),
    ];

    /// <summary>Scores with what the reasoning parts of a sample's answers say.</summary>
    /// <param name="scores">The sample's scores.</param>
    /// <param name="answers">Its answers.</param>
    public static Scores WithReasoning(this Scores scores, params IEnumerable<GenerateResponse> answers)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var parts = answers.Select(answer => answer.Reasoning).OfType<ReasoningPart>().ToList();
        if (parts.Count == 0)
            return scores;
        var values = new Dictionary<string, double>(scores.Values) { [Unfinished] = parts.Exists(part => !part.IsFinished) ? 1 : 0 };
        if (parts.TrueForAll(part => part.Tokens is not null))
            values[Tokens] = parts.Average(part => part.Tokens!.Value);
        return scores with { Values = values };
    }

    /// <summary>The metrics of scores; none where no answer had a reasoning part.</summary>
    /// <param name="scores">The scores of all samples.</param>
    public static IEnumerable<Metric> Aggregate(IReadOnlyList<Scores> scores) =>
        [.. ScoreMetrics.Mean(Tokens, scores), .. ScoreMetrics.Proportion(Unfinished, scores)];
}
