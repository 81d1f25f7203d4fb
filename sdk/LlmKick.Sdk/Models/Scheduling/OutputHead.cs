using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Scores tokens at chosen positions, a bounded number of rows of logits at a time.</summary>
internal sealed class OutputHead(IDecoder decoder)
{
    // Over a vocabulary of 128k so many rows of logits take 134 MB.
    private const int RowsAtOnce = 256;

    /// <summary>Log-probabilities of chosen tokens, and the best token, at each position.</summary>
    /// <param name="hidden">[n, width].</param>
    /// <param name="targets">For each of the n positions the tokens to score.</param>
    public PositionScores[] Score(torch.Tensor hidden, IReadOnlyList<int[]> targets)
    {
        var scores = new PositionScores[targets.Count];
        for (var start = 0; start < targets.Count; start += RowsAtOnce)
        {
            var count = Math.Min(RowsAtOnce, targets.Count - start);
            ScoreRows(hidden, targets, start, count, scores);
        }
        return scores;
    }

    private void ScoreRows(torch.Tensor hidden, IReadOnlyList<int[]> targets, int start, int count, PositionScores[] scores)
    {
        using var scope = torch.NewDisposeScope();
        var logits = decoder.Logits(hidden.narrow(0, start, count));
        var best = logits.argmax(1).cpu().data<long>();
        var rows = Enumerable.Range(0, count).SelectMany(row => Enumerable.Repeat((long)row, targets[start + row].Length)).ToArray();
        var tokens = Enumerable.Range(0, count).SelectMany(row => targets[start + row]).Select(token => (long)token).ToArray();
        var rowIndex = torch.tensor(rows, device: logits.device);
        var chosen = logits.index(torch.TensorIndex.Tensor(rowIndex),
            torch.TensorIndex.Tensor(torch.tensor(tokens, device: logits.device)));
        var values = (chosen - logits.logsumexp(1).index_select(0, rowIndex)).cpu().data<float>().ToArray();
        var next = 0;
        for (var row = 0; row < count; row++)
        {
            var length = targets[start + row].Length;
            scores[start + row] = new PositionScores(values[next..(next + length)], (int)best[row]);
            next += length;
        }
    }
}
