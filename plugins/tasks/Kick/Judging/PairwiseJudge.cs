using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>Has answers scored beside a baseline's by the paper's prompts, in both positions.</summary>
/// <param name="desk">Asks the judge.</param>
internal sealed class PairwiseJudge(JudgeClient desk)
{
    /// <summary>Scores an answer as a whole.</summary>
    /// <param name="row">The prompt.</param>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">The model's answer.</param>
    /// <param name="baseline">The baseline's.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<Contest> AnswerAsync(JudgePromptRow row, string question, string answer, string baseline,
        CancellationToken cancellationToken)
    {
        var replies = await AskAsync(row, question, answer, baseline, cancellationToken).ConfigureAwait(false);
        var contest = Contest.Of(replies, [.. replies.Select(reply => StrictReply.Pair(reply.Text) is { } pair ? new[] { pair } : null)]);
        var read = contest.Duels.SelectMany(duel => duel.Read).ToList();
        var values = new Dictionary<string, double>();
        values.AddMean(JudgeScores.Strict, read.Select(pair => pair.Second));
        values.AddMean(JudgeScores.Baseline, read.Select(pair => pair.First));
        if (PaperReply.Pair(replies[0].Text) is { } paper)
            values[JudgeScores.Paper] = paper.Second;
        return contest with { Own = values };
    }

    /// <summary>Scores the aspects of a summary; parameters as of <see cref="AnswerAsync"/>.</summary>
    public async Task<Contest> SummaryAsync(JudgePromptRow row, string question, string answer, string baseline,
        CancellationToken cancellationToken)
    {
        var replies = await AskAsync(row, question, answer, baseline, cancellationToken).ConfigureAwait(false);
        var contest = Contest.Of(replies, [.. replies.Select(reply => StrictReply.FourPairs(reply.Text))]);
        var paper = PaperReply.FourPairs(replies[0].Text);
        var values = new Dictionary<string, double>();
        for (var i = 0; i < JudgeScores.Aspects.Count; i++)
        {
            values.AddMean(JudgeScores.OfAspect(JudgeScores.Aspects[i], "strict"),
                contest.Duels.Skip(i).Take(1).SelectMany(duel => duel.Read).Select(pair => pair.Second));
            if (paper is not null)
                values[JudgeScores.OfAspect(JudgeScores.Aspects[i], "paper")] = paper[i].Second;
        }
        return contest with { Own = values };
    }

    private Task<IReadOnlyList<JudgeReply>> AskAsync(JudgePromptRow row, string question, string answer, string baseline,
        CancellationToken cancellationToken) =>
        desk.AskAsync([Question(row, question, baseline, answer), Question(row, question, answer, baseline)], cancellationToken);

    private static JudgeQuestion Question(JudgePromptRow row, string question, string first, string second) =>
        JudgeQuestion.Of(row, new Dictionary<string, string> { ["question"] = question, ["answer_1"] = first, ["answer_2"] = second });
}
