using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Testing;
using LlmKick.Tests.Pruning;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Invariants;

/// <summary>Every compression method on the first block of every family.</summary>
public sealed class EveryMethodTests
{
    private const string KeyValues = "kv-cache";

    private static readonly Dictionary<string, object> Options = new()
    {
        ["magnitude"] = new PruningOptions { Sparsity = 0.5 },
        ["wanda"] = new PruningOptions { Sparsity = 0.5 },
        ["sparsegpt"] = new SparseGptOptions { Pattern = new NmPattern(2, 4) },
        ["random"] = new PruningOptions { Sparsity = 0.5 },
        ["rtn"] = new RtnOptions { GroupSize = 32 },
        ["gptq"] = new GptqOptions { GroupSize = 32, ActOrder = true },
        ["awq"] = new AwqOptions { GroupSize = 32 },
        ["sparsegpt-gptq"] = new SparseGptqOptions { GroupSize = 32, Sparsity = 0.5 },
        ["smoothquant"] = new SmoothQuantOptions(),
        ["llm-int8"] = new LlmInt8Options(),
        [KeyValues] = new KvCacheOptions(),
        ["fp8"] = new Fp8Options(),
        ["nf4"] = new FloatOptions(),
        ["mxfp4"] = new FloatOptions(),
    };

    private static List<OfferedComponent> Methods =>
        [.. RecordingRegistry.Of<PruningPlugin>(), .. RecordingRegistry.Of<QuantizationPlugin>()];

    [Fact]
    public void Options_ThereAreSomeForEveryMethod() => Assert.Equal(Methods.Select(method => method.Name).Order(), Options.Keys.Order());

    [Theory]
    [MemberData(nameof(GoldenFolders.All), MemberType = typeof(GoldenFolders))]
    public void Compress_FirstBlock_AllFiniteAndEveryByteAccountedFor(string name) => Compress(name, ScalarType.Float32);

    [Theory]
    [InlineData("llama", ScalarType.BFloat16)]
    [InlineData("llama", ScalarType.Float16)]
    [InlineData("gpt2", ScalarType.BFloat16)]
    [InlineData("gemma2", ScalarType.BFloat16)]
    [InlineData("falcon-40b", ScalarType.Float16)]
    public void Compress_ShorterTypes_AllFiniteAndEveryByteAccountedFor(string name, ScalarType type) => Compress(name, type);

    private static void Compress(string name, ScalarType type)
    {
        var ids = Golden.Json($"golden/architectures/{name}/golden.json").GetProperty("ids").EnumerateArray()
            .Select(row => row.Ints()).ToList();
        var calibration = new CalibrationSet([.. ids.SelectMany(row => row.Chunk(32))]);
        foreach (var method in Methods)
        {
            using var model = ModelUnderTest.Load($"golden/architectures/{name}", type);
            var reports = ((ICompressor)method.Create(Options[method.Name])).Run(new FirstBlocks(model.Blockwise, 1), calibration);
            AssertFinite(model, ids[0], method.Name);
            AssertAccounted(model, method.Name, type, reports, isSame: name.EndsWith(method.Name, StringComparison.Ordinal));
        }
    }

    private static void AssertFinite(ModelUnderTest model, int[] ids, string method)
    {
        using var scope = NewDisposeScope();
        using var block = model.Blockwise.Open(0);
        Assert.All(block.Groups.SelectMany(group => group.Linears),
            linear => Assert.True(IsFinite(linear.Weight), $"{method}, {linear.Name}"));
        Assert.True(IsFinite(block.Forward(model.Blockwise.Embed(ModelUnderTest.Tokens([ids])))), method);
        Assert.True(IsFinite(model.Logits(ids)), method);
    }

    private static bool IsFinite(Tensor numbers) => numbers.isfinite().all().item<bool>();

    /// <summary>All bytes are compressed but those of routers, which are left by their role; none where keys are rounded.</summary>
    /// <param name="model">The model.</param>
    /// <param name="method">The method.</param>
    /// <param name="type">The type of what it computes.</param>
    /// <param name="reports">What the method reported.</param>
    /// <param name="isSame">Whether the weights were stored so before: rounding changes nothing.</param>
    private static void AssertAccounted(ModelUnderTest model, string method, ScalarType type, IReadOnlyList<LinearReport> reports,
        bool isSame)
    {
        var linears = method == KeyValues ? [] : model.Spec.BlockParameters(0).Where(parameter => parameter.IsLinear).ToList();
        Assert.Equal(linears.Select(own => own.Spec.Name).Order(), reports.Select(report => report.Linear + ".weight").Order());
        Assert.All(reports, report =>
            Assert.True(report.Left is null == report.Encoding is not DenseEncoding, $"{method}, {report.Linear}"));
        var routers = linears.Where(own => new LinearPlace { Role = own.Spec.Role }.IsLeftByRole).Select(own => own.Spec.Name).ToHashSet();
        Assert.All(reports, report => Assert.Equal(routers.Contains(report.Linear + ".weight"), report.Left is LeftReason.Role));
        Assert.All(reports.Where(report => report.Left is null), report =>
            Assert.True(double.IsFinite(report.RelativeFrobenius) && (isSame || report.RelativeFrobenius > 0),
                $"{method}, {report.Linear}"));
        Assert.Equal(linears.Sum(own => own.Spec.Count * (type == ScalarType.Float32 ? 4 : 2)),
            reports.Where(report => report.Left is null or LeftReason.Role).Sum(report => report.Bytes));
    }
}
