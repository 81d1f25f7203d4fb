using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>
/// Ids that no text stands for, and that a model may yet give a probability: embeddings often have more rows than the tokenizer has tokens.
/// They are never written; log-probabilities are those of all ids all the same.
/// </summary>
internal sealed class SilentTokens(ITokenizer tokenizer)
{
    private long[]? _ids;

    /// <summary>Makes them impossible.</summary>
    /// <param name="logits">float32 [texts, vocabulary]; changed in place.</param>
    /// <returns>The same tensor.</returns>
    public torch.Tensor Silence(torch.Tensor logits)
    {
        _ids ??= [.. Enumerable.Range(0, (int)logits.shape[1]).Where(id => !tokenizer.Knows(id)).Select(id => (long)id)];
        // A tokenizer that knows nothing stands in for one that is missing.
        if (_ids.Length == 0 || _ids.Length == logits.shape[1])
            return logits;
        using var ids = torch.tensor(_ids, device: logits.device);
        return logits.index_fill_(1, ids, Tensors.Number.Of(double.NegativeInfinity));
    }
}
