using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Applies <see cref="GenerationRules"/>, in transformers' order.</summary>
internal sealed class RuledLogits(GenerationRules rules)
{
    /// <summary>Changes the logits of each text's next token.</summary>
    /// <param name="logits">float32 [texts, vocabulary]; changed in place.</param>
    /// <param name="texts">The texts.</param>
    /// <returns>The same tensor.</returns>
    public torch.Tensor Apply(torch.Tensor logits, IReadOnlyList<GeneratedText> texts)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (row, text) in texts.Index().Where(row => !row.Item.IsFinished))
        {
            int[] read = [.. text.Prompt.Span, .. text.Written];
            var own = logits[row];
            Penalize(own, read);
            Forbid(own, [.. Repeated(read), .. rules.SuppressTokens, .. text.Count == 0 ? rules.BeginSuppressTokens : []]);
        }
        return logits;
    }

    private void Penalize(torch.Tensor logits, int[] read)
    {
        if (rules.RepetitionPenalty == 1)
            return;
        var ids = Ids(read, logits);
        var values = logits.index_select(0, ids);
        var penalty = Number.Of(rules.RepetitionPenalty);
        logits.index_copy_(0, ids, torch.where(values.lt(Number.Of(0)), values.mul(penalty), values.div(penalty)));
    }

    /// <summary>Tokens that would end a sequence that is there already.</summary>
    private IEnumerable<int> Repeated(int[] read)
    {
        var size = rules.NoRepeatNgramSize;
        if (size == 0 || read.Length < size)
            yield break;
        var last = read.AsMemory(read.Length - size + 1);
        for (var start = 0; start + size <= read.Length; start++)
            if (read.AsSpan(start, size - 1).SequenceEqual(last.Span))
                yield return read[start + size - 1];
    }

    private static void Forbid(torch.Tensor logits, IReadOnlyList<int> ids)
    {
        if (ids.Count > 0)
            logits.index_fill_(0, Ids(ids, logits), Number.Of(double.NegativeInfinity));
    }

    private static torch.Tensor Ids(IEnumerable<int> ids, torch.Tensor logits) =>
        torch.tensor([.. ids.Distinct().Where(id => id < logits.shape[0]).Select(id => (long)id)], device: logits.device);
}
