using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Judging;

/// <summary>Has answers graded beside a baseline's, in both positions: judges favour one.</summary>
internal static class PairwiseJudge
{
    /// <summary>Grades one answer as a whole.</summary>
    /// <param name="row">The prompt.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The model's answer.</param>
    /// <param name="baseline">The baseline's.</param>
    /// <param name="judge">The judge.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public static async Task<Grade> AnswerAsync(JudgePromptRow row, string question, string answer, string baseline, ILanguageModel? judge, CancellationToken cancellationToken)
    {
        var replies = await AskAsync(row, question, answer, baseline, judge, cancellationToken).ConfigureAwait(false);
        var read = Ours([.. replies.Select(StrictReply.Pair)]);
        var values = new Dictionary<string, double> { [JudgeScores.Unparsable] = ScoreNames.Of(read.Count < replies.Count) };
        AddMean(values, JudgeScores.Strict, read.Select(pair => pair.Second));
        AddMean(values, JudgeScores.Baseline, read.Select(pair => pair.First));
        if (PaperReply.Pair(replies[0]) is { } paper)
            values[JudgeScores.Paper] = paper.Second;
        return new Grade(values, replies);
    }

    /// <summary>Grades the aspects of a summary; parameters as of <see cref="AnswerAsync"/>.</summary>
    public static async Task<Grade> SummaryAsync(JudgePromptRow row, string question, string answer, string baseline, ILanguageModel? judge, CancellationToken cancellationToken)
    {
        var replies = await AskAsync(row, question, answer, baseline, judge, cancellationToken).ConfigureAwait(false);
        var (strict, paper) = (replies.Select(StrictReply.FourPairs).ToList(), PaperReply.FourPairs(replies[0]));
        var values = new Dictionary<string, double> { [JudgeScores.Unparsable] = ScoreNames.Of(strict.Contains(null)) };
        for (var i = 0; i < JudgeScores.Aspects.Count; i++)
        {
            AddMean(values, JudgeScores.OfAspect(JudgeScores.Aspects[i], "strict"), Ours([.. strict.Select(pairs => pairs?[i])]).Select(pair => pair.Second));
            if (paper is not null)
                values[JudgeScores.OfAspect(JudgeScores.Aspects[i], "paper")] = paper[i].Second;
        }
        return new Grade(values, replies);
    }

    /// <summary>First the baseline in front, as in the paper, then the model's answer.</summary>
    private static Task<IReadOnlyList<string>> AskAsync(JudgePromptRow row, string question, string answer, string baseline, ILanguageModel? judge, CancellationToken cancellationToken) =>
        JudgeDesk.AskAsync(judge, [Question(row, question, baseline, answer), Question(row, question, answer, baseline)], cancellationToken);

    private static JudgeQuestion Question(JudgePromptRow row, string question, string first, string second) =>
        JudgeQuestion.Of(row, new Dictionary<string, string> { ["question"] = question, ["answer_1"] = first, ["answer_2"] = second });

    /// <summary>Turns the second reply's pair round, so that the model is always the second; leaves out what could not be read.</summary>
    private static List<ScorePair> Ours(ScorePair?[] pairs) =>
        [.. new[] { pairs[0], pairs[1] is { } swapped ? new ScorePair(swapped.Second, swapped.First) : null }.OfType<ScorePair>()];

    private static void AddMean(Dictionary<string, double> values, string name, IEnumerable<double> scores)
    {
        var read = scores.ToList();
        if (read.Count > 0)
            values[name] = read.Average();
    }
}
