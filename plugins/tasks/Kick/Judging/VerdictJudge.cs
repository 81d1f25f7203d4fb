
namespace LlmKick.Kick.Judging;

/// <summary>Has each turn of a conversation compared with a baseline's by MT-Bench's prompts, in both positions.</summary>
/// <param name="desk">Asks the judge.</param>
/// <param name="prompts">MT-Bench's prompts.</param>
internal sealed class VerdictJudge(JudgeClient desk, JudgePrompts prompts)
{
    // MT-Bench's questions have two.
    private const int MostTurns = 2;

    /// <summary>Compares the turns that both answered.</summary>
    public async Task<Contest> CompareAsync(Conversation conversation, IReadOnlyList<string> answers, IReadOnlyList<string> baseline,
        CancellationToken cancellationToken)
    {
        var turns = Enumerable.Range(0, Math.Min(MostTurns, Math.Min(answers.Count, baseline.Count)));
        var questions = turns.SelectMany(turn =>
            new[] { Question(conversation, turn, baseline, answers), Question(conversation, turn, answers, baseline) });
        var replies = await desk.AskAsync([.. questions], cancellationToken).ConfigureAwait(false);
        return Contest.Of(replies, [.. replies.Select(reply => StrictReply.Verdict(reply.Text) is { } verdict ? new[] { verdict } : null)]);
    }

    private JudgeQuestion Question(Conversation conversation, int turn, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var texts = MtBenchTexts.Of(conversation, turn);
        (texts["answer_a"], texts["answer_b"]) = (first[0], second[0]);
        for (var i = 0; i <= turn; i++)
            (texts[$"answer_a_{i + 1}"], texts[$"answer_b_{i + 1}"]) = (first[i], second[i]);
        return JudgeQuestion.Of(prompts.ForTwo(conversation.References.Count > turn, secondTurn: turn > 0), texts);
    }
}
