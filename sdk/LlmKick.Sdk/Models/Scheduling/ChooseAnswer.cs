namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Collects a request's scores from the sequences read for it.</summary>
internal sealed class ChooseAnswer(Indexed<ChooseRequest> entry)
{
    private readonly double?[] sums = new double?[entry.Request.Continuations.Count];
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
                sums[continuation] = scores[0].LogProbabilities[place];
            return;
        }
        var sum = 0.0;
        foreach (var score in scores)
            sum += score.LogProbabilities[0];
        sums[sequence.Continuations[0]] = sum;
    }

    public ChooseResponse ToResponse(ITokenizer tokenizer) =>
        new(entry.Index, [.. sums.Select(sum => sum!.Value)], best, tokenizer.Knows(best) ? tokenizer.Decode([best]) : "");
}
