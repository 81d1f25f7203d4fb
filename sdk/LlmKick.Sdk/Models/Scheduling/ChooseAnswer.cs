namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Collects a request's scores from the sequences read for it.</summary>
internal sealed class ChooseAnswer(Indexed<ChooseRequest> entry)
{
    private readonly double?[] sums = new double?[entry.Request.Continuations.Count];
    private readonly bool[] greedy = new bool[entry.Request.Continuations.Count];
    private int best;

    public ChooseRequest Request => entry.Request;

    public bool IsComplete => sums.All(sum => sum is not null);

    /// <summary>Takes the scores at a sequence's positions.</summary>
    public void Take(ChooseSequence sequence, ReadOnlySpan<PositionScores> scores)
    {
        best = scores[0].Best;
        if (sequence.Continuations.Length > 1)
        {
            foreach (var (place, continuation) in sequence.Continuations.Index())
            {
                sums[continuation] = scores[0].LogProbabilities[place];
                greedy[continuation] = Request.Continuations[continuation].Tokens[0] == best;
            }
            return;
        }
        var (sum, isGreedy, tokens) = (0.0, true, Request.Continuations[sequence.Continuations[0]].Tokens);
        for (var i = 0; i < scores.Length; i++)
        {
            sum += scores[i].LogProbabilities[0];
            isGreedy &= scores[i].Best == tokens[i];
        }
        sums[sequence.Continuations[0]] = sum;
        greedy[sequence.Continuations[0]] = isGreedy;
    }

    public ChooseResponse ToResponse(ITokenizer tokenizer) =>
        new(entry.Index, [.. sums.Select(sum => sum!.Value)], best, tokenizer.Knows(best) ? tokenizer.Decode([best]) : "")
    {
        Greedy = greedy,
    };
}
