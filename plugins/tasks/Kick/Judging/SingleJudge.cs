using LlmKick.Kick.Instruct;
using LlmKick.Sdk.Models;

namespace LlmKick.Kick.Judging;

/// <summary>Has each turn of a conversation graded by itself, with MT-Bench's prompts.</summary>
internal static class SingleJudge
{
    /// <summary>Grades the answers that were given.</summary>
    public static async Task<Grade> GradeAsync(JudgePrompts prompts, Conversation conversation, IReadOnlyList<string> answers, ILanguageModel? judge, CancellationToken cancellationToken)
    {
        var questions = answers.Take(2).Select((_, turn) => Question(prompts, conversation, answers, turn)).ToList();
        var replies = await JudgeDesk.AskAsync(judge, questions, cancellationToken).ConfigureAwait(false);
        var ratings = replies.Select(StrictReply.Rating).OfType<double>().ToList();
        var values = new Dictionary<string, double> { [JudgeScores.Unparsable] = ScoreNames.Of(ratings.Count < replies.Count) };
        if (ratings.Count > 0)
            values[JudgeScores.Strict] = ratings.Average();
        return new Grade(values, replies);
    }

    private static JudgeQuestion Question(JudgePrompts prompts, Conversation conversation, IReadOnlyList<string> answers, int turn)
    {
        var texts = new Dictionary<string, string> { ["question"] = conversation.Questions[0], ["answer"] = answers[0] };
        for (var i = 0; i <= turn; i++)
        {
            texts[$"question_{i + 1}"] = conversation.Questions[i];
            texts[$"answer_{i + 1}"] = answers[i];
        }
        foreach (var (i, reference) in conversation.References.Index())
            texts[$"ref_answer_{i + 1}"] = reference;
        return JudgeQuestion.Of(prompts.ForOne(conversation.References.Count > turn, secondTurn: turn > 0), texts);
    }
}
