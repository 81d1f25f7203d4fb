using LlmKick.Kick.Judging;

namespace LlmKick.Kick.Instruct;

/// <summary>Has a conversation's answers graded, in the way that prompts and baseline ask for.</summary>
/// <param name="sheet">Prompts and baseline.</param>
/// <param name="desk">Asks the judge.</param>
internal sealed class AnswerJudge(JudgeSetup sheet, JudgeClient desk)
{
    /// <summary>Grades answers.</summary>
    /// <param name="conversation">The questions.</param>
    /// <param name="answers">The model's answers; at least one.</param>
    /// <param name="dense">The dense variant's; null on that variant itself.</param>
    /// <param name="again">Whether the judge's noise is measured on these answers.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public Task<Grade> GradeAsync(Conversation conversation, IReadOnlyList<string> answers, IReadOnlyList<string>? dense, bool again,
        CancellationToken cancellationToken)
    {
        if (sheet.Kind == JudgeKind.Single)
            return new SingleJudge(desk, sheet.Prompts).GradeAsync(conversation, answers, again, cancellationToken);
        return Grade.BesideAsync(baseline => CompareAsync(conversation, answers, baseline, cancellationToken), answers,
            sheet.AnswersTo(conversation.Id, dense), again);
    }

    private Task<Contest> CompareAsync(Conversation conversation, IReadOnlyList<string> answers, IReadOnlyList<string> baseline,
        CancellationToken cancellationToken) =>
        sheet.Kind == JudgeKind.Verdicts
            ? new VerdictJudge(desk, sheet.Prompts).CompareAsync(conversation, answers, baseline, cancellationToken)
            : new PairwiseJudge(desk).AnswerAsync(sheet.Prompts.Of(conversation.Category), conversation.Questions[0], answers[0],
                baseline[0], cancellationToken);
}
