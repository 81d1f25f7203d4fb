using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Tests.Transformers.Export;
using TorchSharp;

namespace LlmKick.Tests.Quantization;

/// <summary>
/// Every method after every other, where one leaves out what the other took: what a first run computes with, what kept blocks give back, and what is read
/// from an exported folder are the same.
/// </summary>
public sealed class TwoStepsTests : IDisposable
{
    private static readonly string[] Some = ["*k_proj", "*gate_proj"];
    private static readonly CalibrationSet Calibration = TinyLlama.Calibration(3, 20);
    private readonly TemporaryFolder _folder = new();

    private static Dictionary<string, Func<Selection, ICompressor>> Methods { get; } = new()
    {
        ["magnitude"] = _ => new Magnitude(new PruningOptions { Sparsity = 0.3 }),
        ["random"] = _ => new RandomPruning(new PruningOptions { Pattern = NmPattern.Parse("2:4", null) }),
        ["wanda"] = _ => new Wanda(new PruningOptions { Pattern = NmPattern.Parse("2:4", null) }),
        ["sparsegpt"] = _ => new SparseGpt(new SparseGptOptions { Sparsity = 0.3 }),
        ["rtn"] = of => new Rtn(new RtnOptions { Bits = 8, GroupSize = 8, Include = of.Include, Exclude = of.Exclude }),
        ["rtn-tensor"] = of => new Rtn(new RtnOptions { Bits = 4, Per = GridShare.Tensor, Symmetric = true, Include = of.Include, Exclude = of.Exclude }),
        ["gptq"] = of => new Gptq(new GptqOptions { GroupSize = 8, ActOrder = true, StaticGroups = false, Include = of.Include, Exclude = of.Exclude }),
        ["sparsegpt-gptq"] = of => new Gptq(new SparseGptqOptions { Per = GridShare.Channel, Include = of.Include, Exclude = of.Exclude }, new Removal(0.3, null)),
        ["awq"] = of => new Awq(new AwqOptions { GroupSize = 8, Include = of.Include, Exclude = of.Exclude }),
        ["smoothquant"] = of => new SmoothQuant(new SmoothQuantOptions { Activations = ActivationKind.Static, Include = of.Include, Exclude = of.Exclude }),
        ["llm-int8"] = of => new LlmInt8(new LlmInt8Options { Threshold = 1.5, Include = of.Include, Exclude = of.Exclude }),
        ["fp8"] = of => new Fp8(new Fp8Options { Include = of.Include, Exclude = of.Exclude }),
        ["nf4"] = of => new Nf4(new FloatOptions { Include = of.Include, Exclude = of.Exclude }),
        ["mxfp4"] = of => new Mxfp4(new FloatOptions { Include = of.Include, Exclude = of.Exclude }),
    };

    public static TheoryData<string, string, DataType> Cases() => new(
        from first in Methods.Keys from source in ((string, DataType)[])[("float", DataType.Float32), ("quantized", DataType.Bfloat16)] select (first, source.Item1, source.Item2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Compress_AnyMethodAfterThis_IsTheSameWhenItIsResumedAndReadBack(string first, string source, DataType type)
    {
        var path = source == "float" ? TinyCheckpoint.Biased().Write(_folder.File("dense")) : Quantized();
        foreach (var (second, method) in Methods)
            foreach (var of in (Selection[])[new([], []), new(Some, [])])
                RequireOneResult(path, type, Methods[first](of), method(new Selection([], Some)), $"{first} of {(of.Include.Count == 0 ? "all" : "some")}, then {second}");
    }

    public void Dispose() => _folder.Dispose();

    private static void RequireOneResult(string path, DataType type, ICompressor first, ICompressor second, string what)
    {
        using var scope = torch.NewDisposeScope();
        using var stores = new TwoStores();
        using var desk = new ExportDesk(path, type);
        Run(desk, first, second, stores);
        Assert.All(desk.Linears, linear => Assert.True(linear.Quantized is null || Same(linear.Weight, linear.Quantized.Decode().to(linear.Weight.dtype)), $"{what}: codes of {linear.Name}"));
        var scores = ExportDesk.Scores(desk);
        RequireSame(path, type, first, second, stores, scores, what + ", from kept blocks");
        stores.Second.Forget(1);
        RequireSame(path, type, first, second, stores, scores, what + ", from all kept blocks but one");

        var computesWithIntegers = desk.Linears.Any(linear => linear.Activations is not null);
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("hf-dense", type == DataType.Float32 ? "float32" : "bfloat16")), type);
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(Same(pair.First.Weight, pair.Second.Weight), $"{what}: {pair.First.Name} as exported"));
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
            : Same(pair.First.Quantized!.Codes, pair.Second.Quantized.Codes) && pair.First.Quantized.Scales.expand_as(pair.Second.Quantized.Scales).allclose(pair.Second.Quantized.Scales, 1e-3, 1e-7), $"{what}: {pair.First.Name} as packed"));
    }

    private static void RequireSame(string path, DataType type, ICompressor first, ICompressor second, TwoStores stores, float[] scores, string what)
    {
        using var resumed = new ExportDesk(path, type);
        Run(resumed, first, second, stores);
        Assert.True(scores.SequenceEqual(ExportDesk.Scores(resumed)), what);
    }

    private static void Run(ExportDesk desk, ICompressor first, ICompressor second, TwoStores stores)
    {
        first.Run(desk.Model.Transformer!, Calibration, stores.First);
        second.Run(desk.Model.Transformer!, Calibration, stores.Second);
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

    private sealed record Selection(IReadOnlyList<string> Include, IReadOnlyList<string> Exclude);

    private sealed class TwoStores : IDisposable
    {
        public MemoryBlockStore First { get; } = new();

        public MemoryBlockStore Second { get; } = new();

        public void Dispose()
        {
            First.Dispose();
            Second.Dispose();
        }
    }
}
