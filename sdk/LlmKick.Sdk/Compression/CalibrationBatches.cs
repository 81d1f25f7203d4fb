using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Cuts calibration sequences into batches that are run at once.</summary>
internal static class CalibrationBatches
{
    /// <summary>Tokens behind a measured output error where the method itself needs no Hessian.</summary>
    public const int ProbeTokens = 2048;

    // One sequence of the papers' length: hidden states of a batch, and what a block makes of them, are held at once.
    private const int BatchTokens = 2048;

    /// <summary>The first sequences up to <see cref="ProbeTokens"/> tokens; a first one that is longer is cut.</summary>
    public static CalibrationSet Probe(CalibrationSet calibration)
    {
        long tokens = 0;
        var first = calibration.Sequences.TakeWhile(sequence => (tokens += sequence.Length) <= ProbeTokens).ToList();
        return new CalibrationSet(first.Count > 0 ? first : [calibration.Sequences[0][..ProbeTokens]]);
    }

    /// <summary>int64 [batch, length] tensors of neighbours of one length, each owned by the caller.</summary>
    public static IEnumerable<torch.Tensor> Cut(CalibrationSet calibration, torch.Device device)
    {
        var sequences = calibration.Sequences;
        for (int start = 0, end; start < sequences.Count; start = end)
        {
            var length = sequences[start].Length;
            var most = Math.Min(sequences.Count, start + Math.Max(1, BatchTokens / length));
            end = start + 1;
            while (end < most && sequences[end].Length == length)
                end++;
            var tokens = Enumerable.Range(start, end - start).SelectMany(at => sequences[at].Select(id => (long)id)).ToArray();
            yield return torch.tensor(tokens, [end - start, length], device: device);
        }
    }
}
