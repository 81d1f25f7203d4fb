using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>What a judge made of an answer.</summary>
/// <param name="Values">Scores by name; a reply that could not be read adds to none but <see cref="JudgeScores.Unparsable"/>.</param>
/// <param name="Replies">What the judge said.</param>
internal sealed record Grade(IReadOnlyDictionary<string, double> Values, IReadOnlyList<JudgeReply> Replies)
{
    private const double Even = 0.5;

    /// <summary>Scores with the count of what could not be read, where something was asked.</summary>
    public static Grade Of(Dictionary<string, double> values, IReadOnlyList<JudgeReply> replies)
    {
        if (replies.Count > 0)
            values[JudgeScores.Unparsable] = ScoreNames.Of(replies.Any(reply => !reply.IsRead));
        return new Grade(values, replies);
    }

    /// <summary>The grade of an answer beside a baseline's.</summary>
    /// <param name="contest">Compares the answer with another.</param>
    /// <param name="own">The answer.</param>
    /// <param name="baseline">The baseline's; null where the answer is the baseline's own: nothing is asked, and neither wins.</param>
    /// <param name="again">Whether the answer is compared with itself too: what the judge tells apart there is its noise.</param>
    public static async Task<Grade> BesideAsync<T>(Func<T, Task<Contest>> contest, T own, T? baseline, bool again) where T : class
    {
        var against = baseline is null ? null : await contest(baseline).ConfigureAwait(false);
        var itself = again ? await contest(own).ConfigureAwait(false) : null;
        var values = (against ?? itself)?.Values() ?? [];
        if (against is null)
            values[JudgeScores.WinRate] = Even;
        values.AddMean(JudgeScores.Noise, itself?.Noise ?? []);
        return Of(values, [.. against?.Replies ?? [], .. itself?.Replies ?? []]);
    }

    /// <summary>The scores of an answer with the judge's.</summary>
    public Scores AddTo(Scores scores) => scores with { Values = scores.Values.Concat(Values).ToDictionary(), JudgeReplies = Replies };
}
