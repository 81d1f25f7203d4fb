namespace LlmKick.Sdk.Models;

/// <summary>Takes tokens out of a draw: their logits become −∞. First top-k, then top-p of what is left, as in Hugging Face's
/// transformers.</summary>
internal static class TokenFilter
{
    public static void Apply(double[] logits, Sampling sampling)
    {
        if (sampling.TopK is { } count && count < logits.Length)
            KeepLargest(logits, count);
        if (sampling.TopP < 1)
            KeepNucleus(logits, sampling.TopP);
    }

    private static void KeepLargest(double[] logits, int count)
    {
        var kept = new PriorityQueue<int, double>(count);
        for (var token = 0; token < logits.Length; token++)
            if (kept.Count < count)
                kept.Enqueue(token, logits[token]);
            else if (logits[token] > logits[kept.Peek()])
                kept.EnqueueDequeue(token, logits[token]);
        var least = logits[kept.Peek()];
        for (var token = 0; token < logits.Length; token++)
            if (logits[token] < least)
                logits[token] = double.NegativeInfinity;
    }

    /// <summary>Removes the least probable tokens whose probabilities together are at most 1 − p.</summary>
    private static void KeepNucleus(double[] logits, double share)
    {
        var most = logits.Max();
        var weights = Array.ConvertAll(logits, logit => Math.Exp(logit - most));
        var removable = (1 - share) * weights.Sum();
        // Tokens below the mean of what may go are gone in any case, and need no sorting.
        var low = removable / weights.Length;
        var removed = weights.Where(weight => weight < low).Sum();
        var others = Enumerable.Range(0, weights.Length).Where(token => weights[token] >= low).OrderBy(token => weights[token])
            .ThenByDescending(token => token).ToArray();
        var first = 0;
        while (first < others.Length - 1 && removed + weights[others[first]] <= removable)
            removed += weights[others[first++]];
        foreach (var token in others.Take(first))
            logits[token] = double.NegativeInfinity;
        for (var token = 0; token < weights.Length; token++)
            if (weights[token] < low)
                logits[token] = double.NegativeInfinity;
    }
}
