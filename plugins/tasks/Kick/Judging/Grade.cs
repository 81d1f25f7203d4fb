using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Judging;

/// <summary>What a judge made of an answer.</summary>
/// <param name="Values">Scores by name; a reply that could not be read adds to none but <see cref="JudgeScores.Unparsable"/>.</param>
/// <param name="Replies">What the judge said.</param>
internal sealed record Grade(IReadOnlyDictionary<string, double> Values, IReadOnlyList<string> Replies)
{
    /// <summary>The scores of an answer with the judge's.</summary>
    public Scores AddTo(Scores scores) => scores with { Values = scores.Values.Concat(Values).ToDictionary(), JudgeReplies = Replies };
}
