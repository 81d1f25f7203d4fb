using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Measures what became of a linear.</summary>
internal static class LinearChange
{
    // Float32 copies of some rows, never of a whole matrix: small enough for the C library to keep their memory between uses.
    private const long ValuesAtOnce = 2 << 20;

    public static LinearReport Measure(int block, Linear linear, torch.Tensor before, GroupStatistics statistics, double seconds)
    {
        using var scope = torch.NewDisposeScope();
        return new LinearReport
        {
            Block = block,
            Linear = linear.Name,
            Expert = linear.Expert,
            Shape = linear.Weight.shape,
            Bytes = linear.Weight.numel() * linear.Weight.ElementSize,
            Zeros = linear.Weight.numel() - linear.Weight.count_nonzero().item<long>(),
            RelativeFrobenius = Ratio(linear.Weight, before, Squares),
            RelativeOutputError = statistics.Probe is { Tokens: > 0 } probe ? Ratio(linear.Weight, before, probe.Energy) : null,
            OutputErrorTokens = statistics.Probe?.Tokens ?? 0,
            Damping = statistics.Damping,
            DampingAsked = statistics.DampingAsked,
            DeadInputs = statistics.DeadCount,
            SearchErrors = statistics.SearchErrors,
            Encoding = linear.Encoding,
            Seconds = seconds,
        };
    }

    /// <summary>√(f(W′ − W) / f(W)), summed over rows.</summary>
    private static double Ratio(torch.Tensor after, torch.Tensor before, Func<torch.Tensor, double> measure)
    {
        double changed = 0, whole = 0;
        var step = Math.Max(1, ValuesAtOnce / before.shape[1]);
        for (long row = 0; row < before.shape[0]; row += step)
        {
            using var scope = torch.NewDisposeScope();
            var count = Math.Min(step, before.shape[0] - row);
            var old = before.narrow(0, row, count).to(torch.float32);
            changed += measure(after.narrow(0, row, count).to(torch.float32) - old);
            whole += measure(old);
        }
        return whole > 0 ? Math.Sqrt(Math.Max(changed, 0) / whole) : 0;
    }

    private static double Squares(torch.Tensor rows) => rows.pow(Number.Of(2)).sum(torch.float64).item<double>();
}
