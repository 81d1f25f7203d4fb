using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Log-probabilities of continuations. One-token continuations of a context are read off a single position.</summary>
internal sealed class ChoosePass(IDecoder decoder, OutputHead head, ITokenizer tokenizer, int contextLength) : RequestPass<ChooseRequest>
{
    // Each row reads its own copy of the shared keys and values.
    private const int MostRows = 64;

    protected override void Answer(IReadOnlyList<Indexed<ChooseRequest>> requests, Action<Response> answered,
        CancellationToken cancellationToken)
    {
        foreach (var entry in requests)
            Check(entry);
        var open = requests.ToDictionary(entry => entry.Index, entry => new ChooseAnswer(entry));
        var sequences = requests.SelectMany(Sequences).ToList();
        var groups = PrefixGroup<ChooseSequence>.Of(sequences, sequence => sequence.Tokens, sequence => sequence.ContextLength - 1);
        foreach (var batch in PrefixReader.Cut(groups, sequence => sequence.Tokens.Length, MostRows))
        {
            cancellationToken.ThrowIfCancellationRequested();
            Score(batch, open);
            foreach (var answer in Complete(batch, open))
                answered(answer.ToResponse(tokenizer));
        }
    }

    private void Check(Indexed<ChooseRequest> entry)
    {
        var (context, longest) =
            (entry.Request.Context.Tokens.Count, entry.Request.Continuations.Max(continuation => continuation.Tokens.Count));
        if (context == 0 || entry.Request.Continuations.Any(continuation => continuation.Tokens.Count == 0))
            throw new LlmKickException(
                "A context or one of its continuations has no tokens, and each needs at least one. Use longer texts.");
        if (context + longest - 1 > contextLength)
            throw new LlmKickException(
                $"A context of {context} tokens with a continuation of {longest} does not fit the model's context of {contextLength}. "
                    + $"Use fewer shots or shorter texts.");
    }

    /// <summary>What must be read: the context alone for all its one-token continuations, and each longer continuation behind it.</summary>
    private static IEnumerable<ChooseSequence> Sequences(Indexed<ChooseRequest> entry)
    {
        var context = entry.Request.Context.Tokens;
        var byLength = entry.Request.Continuations.Index()
            .ToLookup(continuation => continuation.Item.Tokens.Count == 1, continuation => continuation.Index);
        if (byLength[true].Any())
            yield return new ChooseSequence(entry.Index, new([.. context]), context.Count, [.. byLength[true]]);
        foreach (var continuation in byLength[false])
        {
            var tokens = entry.Request.Continuations[continuation].Tokens;
            yield return new ChooseSequence(entry.Index, new([.. context, .. tokens.SkipLast(1)]), context.Count, [continuation]);
        }
    }

    private void Score(List<PrefixGroup<ChooseSequence>> batch, Dictionary<int, ChooseAnswer> open)
    {
        using var scope = torch.NewDisposeScope();
        var (hidden, cache) = PrefixReader.Read(decoder, batch, sequence => sequence.Tokens, 0);
        using (cache)
        {
            var length = hidden.shape[1];
            var rows = batch.SelectMany(group => group.Items.Select(sequence => (Sequence: sequence, group.Shared))).ToList();
            var positions = rows.SelectMany((row, index) =>
                row.Sequence.Positions.Select(position => index * length + position - row.Shared)).ToArray();
            var targets = rows.SelectMany(row => row.Sequence.Targets(open[row.Sequence.Request].Request)).ToArray();
            var scores = head.Score(hidden.flatten(0, 1).index_select(0, torch.tensor(positions, device: decoder.Device)), targets);
            var next = 0;
            foreach (var (sequence, _) in rows)
            {
                var count = sequence.Positions.Count();
                FiniteOutputs.Require(decoder, scores.Skip(next).Take(count).SelectMany(position => position.LogProbabilities),
                    sequence.Tokens);
                open[sequence.Request].Take(sequence, scores.AsSpan(next, count));
                next += count;
            }
        }
    }

    private static IEnumerable<ChooseAnswer> Complete(List<PrefixGroup<ChooseSequence>> batch, Dictionary<int, ChooseAnswer> open) =>
        batch.SelectMany(group => group.Items).Select(sequence => sequence.Request).Distinct()
            .Select(request => open[request]).Where(answer => answer.IsComplete);
}
