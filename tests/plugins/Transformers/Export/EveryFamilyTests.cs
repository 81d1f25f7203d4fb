using LlmKick.Sdk.Solving;
using System.Text.Json.Nodes;
using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Sources;
using LlmKick.Transformers.Weights;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>Folders written of every family: whole, with the linears alone changed, and packed.</summary>
public sealed class EveryFamilyTests
{
    private const int Word = 32;
    private const float Tolerance = 1e-5f;

    [Theory]
    [MemberData(nameof(GoldenFolders.OfFloats), MemberType = typeof(GoldenFolders))]
    public void Write_UntouchedModel_GivesEveryTensorAndKeyBack(string name)
    {
        var source = SharedData.Require($"golden/architectures/{name}");
        using var desk = new ExportDesk(source);
        var written = desk.Write(ExportDesk.Settings("hf-dense"));
        Assert.Empty(StoredTensors.Changed(source, written));
        Assert.True(JsonNode.DeepEquals(Config(source), Config(written)), Config(written).ToJsonString());
    }

    /// <summary>bfloat16 has not all digits of float32, and the files have them still.</summary>
    [Theory]
    [InlineData("qwen3_moe")]
    [InlineData("granitemoe-fused")]
    [InlineData("kimi_linear")]
    [InlineData("nemotron_h")]
    [InlineData("deepseek_v3")]
    public void Write_UntouchedModelComputedInBfloat16_GivesEveryByteBack(string name)
    {
        var source = SharedData.Require($"golden/architectures/{name}");
        using var desk = new ExportDesk(source, DataType.Bfloat16);
        Assert.Empty(StoredTensors.Changed(source, desk.Write(ExportDesk.Settings("hf-dense"))));
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.OfFloats), MemberType = typeof(GoldenFolders))]
    public void Write_CompressedModel_DiffersInItsLinearsAlone(string name)
    {
        var source = SharedData.Require($"golden/architectures/{name}");
        using var desk = new ExportDesk(source);
        PackedExportTests.Compress(desk, new Rtn(new RtnOptions { Bits = 3, GroupSize = 32 }));
        var changed = StoredTensors.Changed(source, desk.Write(ExportDesk.Settings("hf-dense")));
        using var files = WeightSource.Open(source);
        var parameters = new ParameterSource(SpecReader.Read(files), files);
        Assert.Equal(SpecReader.Read(files).Parameters()
            .Where(own => own.IsLinear && !new LinearPlace { Role = own.Spec.Role }.IsLeftByRole)
            .Select(parameters.FileName).Distinct().Order(), changed.Order());
        AssertSame(desk, desk.Write(ExportDesk.Settings("hf-dense", "float32"), "float32"), "hf-dense");
    }

    [Theory]
    [MemberData(nameof(GoldenFolders.OfFloats), MemberType = typeof(GoldenFolders))]
    public void Write_PackedModel_IsReadBackToTheSameModel(string name)
    {
        var source = SharedData.Require($"golden/architectures/{name}");
        AssertPacked(source, ["gptq", "pack-quantized", "int-quantized"], new() { Symmetric = true });
        AssertPacked(source, ["gptq-v2", "awq", "pack-quantized", "int-quantized"], new());
        AssertReread(source, "float-quantized", new Fp8(new Fp8Options()), _ => true);
        AssertReread(source, "sparse-bitmask", new Magnitude(new PruningOptions { Sparsity = 0.5 }), _ => true);
    }

    /// <summary>One scale a row, for the tiny widths are no multiples of one group size.</summary>
    private static void AssertPacked(string source, string[] formats, RtnOptions options)
    {
        foreach (var format in formats)
            AssertReread(source, format, new Rtn(options with { Per = GridShare.Channel, ScaleDtype = ScaleType.Float16 }),
                linear => format switch
            {
                "gptq" or "gptq-v2" => linear.Inputs % Word == 0 && linear.Outputs % Word == 0,
                "awq" => linear.Outputs % 8 == 0,
                _ => true,
            });
    }

    private static void AssertReread(string source, string format, ICompressor method, Func<Linear, bool> holds)
    {
        using var desk = new ExportDesk(source);
        PackedExportTests.Compress(desk, method);
        var settings = ExportDesk.Settings(format, format is "awq" or "gptq" or "gptq-v2" ? "bfloat16" : "float32");
        if (desk.Linears.Where(linear => !new LinearPlace { Role = linear.Role }.IsLeftByRole).All(holds))
            AssertSame(desk, desk.Write(settings), format);
        else
            Assert.Contains("packs", Assert.Throws<LlmKickException>(() => desk.Write(settings)).Message, StringComparison.Ordinal);
    }

    private static void AssertSame(ExportDesk desk, string written, string format)
    {
        using var again = new ExportDesk(written);
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.Equal((pair.First.Name, pair.First.Outputs, pair.First.Inputs),
            (pair.Second.Name, pair.Second.Outputs, pair.Second.Inputs)));
        var difference = ExportDesk.Scores(desk).Zip(ExportDesk.Scores(again), (own, copy) => Math.Abs(own - copy)).Max();
        Assert.True(difference <= Tolerance, $"{format}: log-probabilities differ by {difference}.");
    }

    private static JsonNode Config(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
}
