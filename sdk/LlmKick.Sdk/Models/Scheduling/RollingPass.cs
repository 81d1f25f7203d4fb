using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Log-probabilities of whole texts.</summary>
internal sealed class RollingPass(IDecoder decoder, OutputHead head, int contextLength) : RequestPass<RollingRequest>
{
    protected override void Answer(IReadOnlyList<Indexed<RollingRequest>> requests, Action<Response> answered,
        CancellationToken cancellationToken)
    {
        foreach (var (_, request) in requests)
            Check(request.Tokens.Count, request.ScoreFrom, contextLength, request.WithLastLogits);
        var ordered = requests.OrderByDescending(entry => entry.Request.Tokens.Count).ThenBy(entry => entry.Index);
        foreach (var batch in TokenRows.Cut(ordered, entry => entry.Request.Tokens.Count, TokenRows.Budget))
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var response in Score(batch))
                answered(response);
        }
    }

    /// <summary>Checks that a text fits, and that something of it is scored or told.</summary>
    public static void Check(int tokens, int from, int contextLength, bool isLastTold = false)
    {
        if (tokens > contextLength)
            throw new LlmKickException(
                $"A text of {tokens} tokens does not fit the model's context of {contextLength}. Ask for a shorter window.");
        if (from < 1 || from > tokens || (from == tokens && !isLastTold))
            throw new ArgumentException($"A text of {tokens} tokens cannot be scored from token {from}.");
    }

    private List<RollingResponse> Score(List<Indexed<RollingRequest>> batch)
    {
        using var scope = torch.NewDisposeScope();
        var rows = batch.ConvertAll(entry => new ReadOnlyMemory<int>([.. entry.Request.Tokens]));
        var hidden = decoder.Forward(TokenRows.ToTensor(rows, decoder.Device), TokenRows.Lengths(rows), null);
        var length = hidden.shape[1];
        var positions = batch.SelectMany((entry, row) => ScoredPositions(entry.Request).Select(position => row * length + position - 1))
            .ToArray();
        var targets = batch.SelectMany(entry => ScoredPositions(entry.Request).Select(position => new[] { entry.Request.Tokens[position] }))
            .ToArray();
        var scores = head.Score(hidden.flatten(0, 1).index_select(0, torch.tensor(positions, device: decoder.Device)), targets);

        var next = 0;
        return [.. batch.Select((entry, row) =>
        {
            var count = entry.Request.Tokens.Count - entry.Request.ScoreFrom;
            var values = scores.AsSpan(next, count).ToArray().Select(score => score.LogProbabilities[0]).ToArray();
            next += count;
            FiniteOutputs.Require(decoder, values, rows[row]);
            return new RollingResponse(entry.Index, values)
            {
                LastLogits = entry.Request.WithLastLogits ? Logits(hidden[row], rows[row]) : null,
            };
        })];
    }

    private float[] Logits(torch.Tensor hidden, ReadOnlyMemory<int> tokens)
    {
        using var scope = torch.NewDisposeScope();
        var logits = decoder.Logits(hidden.narrow(0, tokens.Length - 1, 1)).cpu().data<float>().ToArray();
        FiniteOutputs.Require(decoder, logits, tokens);
        return logits;
    }

    private static IEnumerable<int> ScoredPositions(RollingRequest request) =>
        Enumerable.Range(request.ScoreFrom, request.Tokens.Count - request.ScoreFrom);
}
