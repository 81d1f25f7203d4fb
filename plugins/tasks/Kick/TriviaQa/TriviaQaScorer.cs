using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.TriviaQa;

/// <summary>Scores an answer both ways.</summary>
internal static class TriviaQaScorer
{
    public const string StrictMatch = "exact_match.strict";
    public const string PaperMatch = "exact_match.paper";
    public const string F1 = "f1";
    public const string EmptyAnswer = "empty_answer";
    public const string AnswerInContext = "answer_in_context";

    /// <summary>Scores the first line that is not blank.</summary>
    public static Scores Score(TriviaQaSample sample, string output)
    {
        var prediction = TriviaQaText.Normalize(output.Trim().Split('\n')[0]);
        var values = new Dictionary<string, double>
        {
            [StrictMatch] = ScoreNames.Of(sample.Answers.Contains(prediction)),
            [PaperMatch] = ScoreNames.Of(sample.Answers.Any(answer => Contains(prediction, answer) || Contains(answer, prediction))),
            [F1] = sample.Answers.Max(answer => TriviaQaText.F1(prediction, answer)),
            [EmptyAnswer] = ScoreNames.Of(prediction.Length == 0),
        };
        if (sample.AnswerInContext is { } holds)
            values[AnswerInContext] = ScoreNames.Of(holds);
        return new Scores(values) { Cluster = sample.Cluster };
    }

    private static bool Contains(string text, string part) => text.Contains(part, StringComparison.Ordinal);
}
