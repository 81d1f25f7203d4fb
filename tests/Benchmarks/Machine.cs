using TorchSharp;

namespace LlmKick.Benchmarks;

/// <summary>What the figures are to be seen beside.</summary>
internal static class Machine
{
    public static void Print() => Console.WriteLine(FormattableString.Invariant(
        $"machine: {torch.get_num_threads()} threads, 1024³ product in float32 at {MatMulRate():F1} GFLOP/s"));

    private static double MatMulRate() => 2.0 * 1024 * 1024 * 1024 / 1e9
        / Clock.Seconds(() => (torch.randn(1024, 1024), torch.randn(1024, 1024)), m => m.Item1.mm(m.Item2), repeats: 20);
}
