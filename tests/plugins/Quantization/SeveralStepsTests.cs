using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Solving;
using LlmKick.Tests.Transformers.Export;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>
/// Methods after each other, where one leaves out what the other took: what a first run computes with, what kept blocks give back, and
/// what is read from an exported folder are the same.
/// </summary>
public sealed class SeveralStepsTests : IDisposable
{
    private static readonly string[] Some = ["*k_proj", "*gate_proj"];
    // Of 182 pairs behind each method; LLMKICK_TRIPLES says another number.
    private const int Triples = 3;
    private static readonly CalibrationSet Calibration = TinyLlama.Calibration(3, 20);
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string, string, DataType> Cases() => new(
        from first in EveryMethod.Names from source in ((string, DataType)[])[("float", DataType.Float32), ("quantized", DataType.Bfloat16)]
        select (first, source.Item1, source.Item2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compress_AnyMethodAfterThis_IsTheSameWhenItIsResumedAndReadBack(string first, string source, DataType type)
    {
        var path = source == "float" ? TinyCheckpoint.Biased().Write(_folder.File("dense")) : Quantized();
        foreach (var (second, method) in EveryMethod.Table)
            foreach (var of in (SomeLinears[])[new([], []), new(Some, [])])
                RequireOneResult(path, type, [EveryMethod.Table[first](of), method(new([], Some))],
                    $"{first} of {(of.Include.Count == 0 ? "all" : "some")}, then {second}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compress_TwoMethodsAfterThis_IsTheSameWhenItIsResumedAndReadBack(string first, string source, DataType type)
    {
        var path = source == "float" ? TinyCheckpoint.Biased().Write(_folder.File("dense")) : Quantized();
        var count = int.TryParse(Environment.GetEnvironmentVariable("LLMKICK_TRIPLES"), out var asked) ? asked : Triples;
        var behind = (from second in EveryMethod.Names from third in EveryMethod.Names where second != third select (second, third))
            .ToArray();
        // Another choice for each method and source, the same in each run.
        new Random(EveryMethod.Names.IndexOf(first) * 2 + (source == "float" ? 1 : 0)).Shuffle(behind);
        foreach (var (second, third) in behind.Take(count))
            RequireOneResult(path, type, [EveryMethod.Table[first](new(Some, [])), EveryMethod.Table[second](new([], Some)),
                EveryMethod.Table[third](new(["*v_proj", "*k_proj", "*up_proj"], []))],
                $"{first}, then {second}, then {third}");
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireOneResult(string path, DataType type, ICompressor[] methods, string what)
    {
        using var scope = torch.NewDisposeScope();
        using var stores = new Stores(methods.Length);
        using var desk = new ExportDesk(path, type);
        Run(desk, methods, stores);
        Assert.All(desk.Linears, linear => Assert.True(linear.Quantized is null
            || Same(linear.Weight, linear.Quantized.Decode().to(linear.Weight.dtype)), $"{what}: codes of {linear.Name}"));
        var scores = ExportDesk.Scores(desk);
        RequireSame(path, type, methods, stores, scores, what + ", from kept blocks");
        stores[^1].Forget(1);
        RequireSame(path, type, methods, stores, scores, what + ", from all kept blocks but one");

        var computesWithIntegers = desk.Linears.Any(linear => linear.Activations is not null);
        using var again =
            new ExportDesk(desk.Write(ExportDesk.Settings("hf-dense", type == DataType.Float32 ? "float32" : "bfloat16")), type);
        Assert.All(desk.Linears.Zip(again.Linears),
            pair => Assert.True(Same(pair.First.Weight, pair.Second.Weight), $"{what}: {pair.First.Name} as exported"));
        Assert.True(computesWithIntegers || scores.SequenceEqual(ExportDesk.Scores(again)), $"{what}: as exported");
        if (desk.Linears.Any(linear => linear.Encoding is QuantizedEncoding { Format: CodeFormat.Integer, Activations: null }))
            RequirePacked(desk, type, what);
    }

    /// <summary>Codes as they are, scales and floats with the digits that the format has.</summary>
    private static void RequirePacked(ExportDesk desk, DataType type, string what)
    {
        using var packed = new ExportDesk(desk.Write(ExportDesk.Settings("pack-quantized", "float16", keepDense: true), "packed"), type);
        Assert.All(desk.Linears.Zip(packed.Linears), pair => Assert.True(pair.Second.Quantized is null
            ? pair.First.Weight.allclose(pair.Second.Weight, 1e-3, 1e-6)
            : Same(pair.First.Quantized!.Codes, pair.Second.Quantized.Codes) && pair.First.Quantized.Scales.expand_as(
                pair.Second.Quantized.Scales).allclose(pair.Second.Quantized.Scales, 1e-3, 1e-7), $"{what}: {pair.First.Name} as packed"));
    }

    private static void RequireSame(string path, DataType type, ICompressor[] methods, Stores stores, float[] scores, string what)
    {
        using var resumed = new ExportDesk(path, type);
        Run(resumed, methods, stores);
        Assert.True(scores.SequenceEqual(ExportDesk.Scores(resumed)), what);
    }

    private static void Run(ExportDesk desk, ICompressor[] methods, Stores stores)
    {
        foreach (var (method, store) in methods.Zip(stores))
            method.Run(desk.Model.Transformer!, Calibration, store);
    }

    /// <summary>A folder that is quantized already, with short scales.</summary>
    private string Quantized()
    {
        using var desk = new ExportDesk(TinyCheckpoint.Biased().Write(_folder.File("dense")));
        PackedExportTests.Compress(desk, new Rtn(new RtnOptions { GroupSize = 8, ScaleDtype = ScaleType.Float16 }));
        return Copy(desk.Write(ExportDesk.Settings("pack-quantized", "float16")));
    }

    private string Copy(string folder)
    {
        var copy = Directory.CreateDirectory(_folder.File("quantized")).FullName;
        foreach (var file in Directory.EnumerateFiles(folder))
            File.Copy(file, Path.Combine(copy, Path.GetFileName(file)));
        return copy;
    }

    private static bool Same(torch.Tensor one, torch.Tensor other) => one.eq(other).all().item<bool>();

    private sealed class Stores(int count)
        : List<MemoryBlockStore>(Enumerable.Range(0, count).Select(_ => new MemoryBlockStore())), IDisposable
    {
        public void Dispose() => ForEach(store => store.Dispose());
    }
}
