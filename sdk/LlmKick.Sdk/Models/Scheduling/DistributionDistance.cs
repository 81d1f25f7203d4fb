using TorchSharp;

namespace LlmKick.Sdk.Models.Scheduling;

/// <summary>Distances between the next-token distributions of two lists of hidden states, a bounded number of rows at a time.</summary>
/// <param name="decoder">Has the output head.</param>
/// <param name="states">[n, width]: this model's.</param>
/// <param name="reference">[n, width]: the untouched model's; null where they are the same.</param>
internal sealed class DistributionDistance(IDecoder decoder, torch.Tensor states, torch.Tensor? reference)
{
    // Several matrices over the vocabulary are held at once: 64 rows of 128k take 34 MB each.
    private const int RowsAtOnce = 64;

    private readonly List<float> kl = [];
    private readonly List<float> overlap = [];
    private readonly List<bool> sameBest = [];
    private readonly List<float> change = [];

    /// <summary>Measures every row.</summary>
    /// <param name="index">Which request is answered.</param>
    /// <param name="next">The token that follows each row.</param>
    public DivergenceResponse Of(int index, int[] next)
    {
        if (reference is null)
            return new DivergenceResponse(index, new float[next.Length], [.. next.Select(_ => 1f)], [.. next.Select(_ => true)],
                new float[next.Length]);
        for (var start = 0; start < next.Length; start += RowsAtOnce)
            Measure(reference, start, next.AsSpan(start, Math.Min(RowsAtOnce, next.Length - start)).ToArray());
        return new DivergenceResponse(index, kl, overlap, sameBest, change);
    }

    private void Measure(torch.Tensor reference, int start, int[] next)
    {
        using var scope = torch.NewDisposeScope();
        var (before, here) = (LogProbabilities(reference, start, next.Length), LogProbabilities(states, start, next.Length));
        var (p, q) = (before.exp(), here.exp());
        kl.AddRange(Values((p * (before - here)).sum(1)).Select(value => Math.Max(value, 0f))); // rounding alone is below 0
        overlap.AddRange(Values(torch.minimum(p, q).sum(1)).Select(value => Math.Min(value, 1f)));
        sameBest.AddRange(before.argmax(1).eq(here.argmax(1)).cpu().data<bool>().ToArray());
        var token = torch.tensor([.. next.Select(id => (long)id)], device: p.device).unsqueeze(1);
        change.AddRange(Values((q.gather(1, token) - p.gather(1, token)).squeeze(1)));
    }

    private torch.Tensor LogProbabilities(torch.Tensor hidden, int start, int count) =>
        decoder.Logits(hidden.narrow(0, start, count)).log_softmax(1);

    private static float[] Values(torch.Tensor row) => row.cpu().data<float>().ToArray();
}
