
namespace LlmKick.Kick.Judging;

/// <summary>Has each turn of a conversation rated by itself, with MT-Bench's prompts.</summary>
/// <param name="desk">Asks the judge.</param>
/// <param name="prompts">MT-Bench's prompts.</param>
internal sealed class SingleJudge(JudgeClient desk, JudgePrompts prompts)
{
    // MT-Bench's questions have two.
    private const int MostTurns = 2;

    /// <summary>Rates the answers that were given.</summary>
    /// <param name="conversation">The questions.</param>
    /// <param name="answers">The answers.</param>
    /// <param name="twice">Whether all is asked twice: how far the ratings differ is the judge's noise.</param>
    /// <param name="cancellationToken">Stops the asking.</param>
    public async Task<Grade> GradeAsync(Conversation conversation, IReadOnlyList<string> answers, bool twice,
        CancellationToken cancellationToken)
    {
        var questions = answers.Take(MostTurns).Select((_, turn) => Question(conversation, answers, turn)).ToList();
        var replies = await desk.AskAsync(twice ? [.. questions, .. questions] : questions, cancellationToken).ConfigureAwait(false);
        var ratings = replies.Select(reply => StrictReply.Rating(reply.Text)).ToList();
        var values = new Dictionary<string, double>();
        values.AddMean(JudgeScores.Strict, ratings.Take(questions.Count).OfType<double>());
        values.AddMean(JudgeScores.Noise,
            ratings.Skip(questions.Count).Zip(ratings, (again, first) => Math.Abs((again - first) ?? double.NaN)).Where(double.IsFinite));
        return Grade.Of(values, [.. replies.Select((reply, i) => reply with { IsRead = ratings[i] is not null })]);
    }

    private JudgeQuestion Question(Conversation conversation, IReadOnlyList<string> answers, int turn)
    {
        var texts = MtBenchTexts.Of(conversation, turn);
        texts["answer"] = answers[0];
        for (var i = 0; i <= turn; i++)
            texts[$"answer_{i + 1}"] = answers[i];
        return JudgeQuestion.Of(prompts.ForOne(conversation.References.Count > turn, secondTurn: turn > 0), texts);
    }
}
