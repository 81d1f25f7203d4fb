using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Feeds;
using LlmKick.Transformers.Layers;
using LlmKick.Transformers.Mixers;
using LlmKick.Transformers.Positions;
using Microsoft.Extensions.Logging.Abstractions;
using static TorchSharp.torch;

namespace LlmKick.Benchmarks.Mixers;

/// <summary>Experts and scans of the sizes that models of 30 billion parameters have, of random weights, and one block of such experts
/// compressed.</summary>
internal static class MixerBenchmark
{
    private const int Width = 2048;
    private const int Inner = 768;
    private const int PerToken = 8;
    private const int Tokens = 1024;
    private const int Steps = 32;

    private static readonly Experts Experts =
        new(new RouterSpec(Width, 128, PerToken, RouterScore.Softmax) { Normalized = true }, Inner, Activation.Silu);

    private static readonly Dictionary<string, IMixerSpec> Scans = new()
    {
        ["gated delta"] = new GatedDelta(Width, 16, 32, 128, 128, 4),
        ["Mamba 2"] = new Mamba2(Width, 64, 64, 128, 8, 4),
        ["Kimi delta"] = new KimiDelta(Width, 32, 128, 4),
    };

    /// <param name="method">The only method to compress with, and nothing else to measure; null for all.</param>
    public static void Print(string? method)
    {
        using var noGradient = no_grad();
        if (method is not null)
        {
            PrintCompression(method);
            return;
        }
        foreach (var dtype in new[] { ScalarType.Float32, ScalarType.BFloat16 })
            PrintExperts(dtype);
        Console.WriteLine();
        foreach (var (name, spec) in Scans)
            PrintScan(name, spec);
    }

    /// <summary>Prefill beside the rate of a large product, and one token after another beside the time to read its bytes.</summary>
    private static void PrintExperts(ScalarType dtype)
    {
        using var scope = NewDisposeScope();
        var (feed, tables) = (Experts.Build(new RandomReader(dtype)), new RotaryTables(1, CPU, dtype));
        Tensor Run(Tensor input)
        {
            using var pass = ForwardPass.OfWhole(tables, CPU, dtype, input.shape[1]);
            return feed.Forward(input, pass, null);
        }
        var rate = Machine.MatMulRate(dtype);
        var prefill = Clock.Seconds(() => randn(1, Tokens, Width).to(dtype), input => Run(input), repeats: 3);
        var operations = 2.0 * 3 * Tokens * PerToken * Width * Inner / 1e9;
        var step = Clock.Seconds(() => randn(Steps, 1, 1, Width).to(dtype), inputs =>
        {
            for (var i = 0; i < Steps; i++)
                Run(inputs[i]).Dispose();
        }, repeats: 3) / Steps;
        var bytes = (dtype == ScalarType.Float32 ? 4 : 2) * (3.0 * PerToken * Inner + 128) * Width / 1e9;
        var bandwidth = Machine.ReadRate();
        Console.WriteLine(FormattableString.Invariant($"experts, 128 of {Width} × {Inner}, {PerToken} a token, {dtype,-8}  ")
            + FormattableString.Invariant($"prefill of {Tokens}: ")
            + FormattableString.Invariant($"{prefill:F3} s, {operations / prefill / rate:P0} of the matmul rate; ")
            + FormattableString.Invariant($"a step: {1e3 * step:F2} ms, {step / (bytes / bandwidth):F2} × reading ({bandwidth:F1} GB/s)"));
    }

    /// <summary>A text at once beside the same token by token, and what is kept of it.</summary>
    private static void PrintScan(string name, IMixerSpec spec)
    {
        using var scope = NewDisposeScope();
        var (mixer, tables) = (spec.Build(new RandomReader(ScalarType.Float32)), new RotaryTables(1, CPU, ScalarType.Float32));
        double Seconds(int length, int count) => Clock.Seconds(() => randn(count, 1, length, Width), inputs =>
        {
            using var cache = KeyValueCache.Create([null], [spec.States], 1, Tokens, ScalarType.Float32, CPU, keepsTokens: false);
            for (var i = 0; i < count; i++)
            {
                using var own = NewDisposeScope();
                using var pass = ForwardPass.OfCache(cache, tables, ScalarType.Float32, [length], length);
                mixer.Forward(inputs[i], pass, null);
                cache.Grow(inputs, [length]);
            }
        }, repeats: 3);
        var (whole, single) = (Seconds(Tokens, 1) / Tokens, Seconds(1, Steps) / Steps);
        var states = spec.States.Sum(state => state.Shape.Aggregate(1L, (product, length) => product * length) * (state.IsWide ? 8 : 4));
        Console.WriteLine(FormattableString.Invariant($"{name,-12} prefill of {Tokens}: {1e3 * whole:F3} ms a token, ")
            + FormattableString.Invariant($"a step: {1e3 * single:F2} ms, {single / whole:F1} ×; kept: {states / 1e6:F1} MB"));
    }

    private static void PrintCompression(string name)
    {
        ICompressor method = name == "gptq" ? new Gptq(new GptqOptions()) : new Wanda(new PruningOptions { Sparsity = 0.5 });
        using var scope = NewDisposeScope();
        using var watch = new MemoryWatch();
        var model = new ExpertsBlock(Experts.Build(new RandomReader(ScalarType.BFloat16)), randn(4096, Width).to(ScalarType.BFloat16));
        var clock = System.Diagnostics.Stopwatch.StartNew();
        var reports = new List<LinearReport>();
        method.Compress(model, new CompressionContext
        {
            Calibration = new CalibrationSet([.. Enumerable.Range(0, 4096).Chunk(512)]),
            Report = reports.Add,
            Logger = NullLogger.Instance,
        });
        Console.WriteLine(FormattableString.Invariant($"{name,-6} on one block of these experts, bfloat16, 8 × 512 tokens: ")
            + FormattableString.Invariant($"{clock.Elapsed.TotalSeconds:F0} s, at most {watch.Most:F2} GB, {reports.Count} linears, ")
            + FormattableString.Invariant($"{reports.Count(report => report.TooFewTokens is not null)} of experts with too few tokens"));
    }
}
