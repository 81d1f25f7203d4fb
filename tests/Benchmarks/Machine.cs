using TorchSharp;

namespace LlmKick.Benchmarks;

/// <summary>What the figures are to be seen beside.</summary>
internal static class Machine
{
    public static void Print()
    {
        Console.WriteLine($"machine: {torch.get_num_threads()} threads, 1024³ product at {MatMulRate(torch.ScalarType.Float32):F0} GFLOP/s "
            + $"in float32, {MatMulRate(torch.ScalarType.BFloat16):F0} in bfloat16");
        Console.WriteLine();
    }

    /// <summary>10⁹ operations a second of a 1024³ product.</summary>
    public static double MatMulRate(torch.ScalarType dtype) => 2.0 * 1024 * 1024 * 1024 / 1e9
        / Clock.Seconds(() => (torch.randn(1024, 1024).to(dtype), torch.randn(1024, 1024).to(dtype)), m => m.Item1.mm(m.Item2),
            repeats: 20);

    /// <summary>10⁹ bytes a second that all threads read of a matrix that no cache holds.</summary>
    public static double ReadRate()
    {
        const long Rows = 65536, Columns = 2048;
        return 4.0 * Rows * Columns / 1e9 / Clock.Seconds(() => torch.rand(Rows, Columns), matrix => matrix.sum(), repeats: 5);
    }
}
