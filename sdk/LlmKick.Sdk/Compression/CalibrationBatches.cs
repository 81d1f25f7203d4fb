using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Cuts calibration sequences into batches that are run at once.</summary>
internal static class CalibrationBatches
{
    /// <summary>Tokens behind a measured output error where the method itself needs no Hessian.</summary>
    public const int ProbeTokens = 2048;

    // One sequence of the papers' length: hidden states of a batch, and what a block makes of them, are held at once.
    private const int BatchTokens = 2048;

    /// <summary>The first sequences up to <see cref="ProbeTokens"/> tokens; a single longer one is cut.</summary>
    public static CalibrationSet Probe(CalibrationSet calibration) => calibration.Length > ProbeTokens
        ? new CalibrationSet([calibration.Sequences[0][..ProbeTokens]])
        : new CalibrationSet([.. calibration.Sequences.Take(ProbeTokens / calibration.Length)]);

    /// <summary>int64 [batch, length] tensors, each owned by the caller.</summary>
    public static IEnumerable<torch.Tensor> Cut(CalibrationSet calibration, torch.Device device)
    {
        var size = Math.Max(1, BatchTokens / calibration.Length);
        foreach (var sequences in calibration.Sequences.Chunk(size))
        {
            var tokens = sequences.SelectMany(s => s.Select(id => (long)id)).ToArray();
            yield return torch.tensor(tokens, [sequences.Length, calibration.Length], device: device);
        }
    }
}
