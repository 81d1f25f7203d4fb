using LlmKick.Sdk.Solving;
using LlmKick.Sdk.Tensors;
using System.Text.Json.Nodes;
using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Testing;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>Integers in files of GPTQ, AWQ and compressed-tensors.</summary>
public sealed class PackedExportTests
{
    private const string Source = "golden/architectures/llama";

    [Theory]
    [InlineData("gptq-4bit-g32", "gptq")]
    [InlineData("awq-4bit-g32", "awq")]
    [InlineData("compressed-tensors-w4a16-g32", "pack-quantized")]
    public void Write_CheckpointOfAnotherTool_HasItsTensorsToTheByte(string name, string format)
    {
        var source = SharedData.Require($"golden/quantized/{name}");
        using var desk = new ExportDesk(source);
        var written = desk.Write(ExportDesk.Settings(format), "out", out var result);

        using var own = SafetensorsFile.Open(Path.Combine(source, "model.safetensors"));
        using var copy = SafetensorsFile.Open(Path.Combine(written, "model.safetensors"));
        Assert.Equal(own.Entries.Keys.Order(StringComparer.Ordinal), copy.Entries.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, entry) in own.Entries)
        {
            Assert.Equal(entry.Shape, copy.Entries[key].Shape);
            if (entry.Dtype == copy.Entries[key].Dtype)
                Assert.True(own.Bytes(key).SequenceEqual(copy.Bytes(key)), key);
        }
        Assert.DoesNotContain(result.Notes, note => note.StartsWith("scales", StringComparison.Ordinal));
        var (theirs, ours) = (Config(source)["quantization_config"]!, Config(written)["quantization_config"]!);
        foreach (var key in (string[])["quant_method", "bits", "group_size", "desc_act", format == "gptq" ? "sym" : "bits", "zero_point",
            "version", "format", "lm_head", "quantization_status", "ignore", "modules_to_not_convert"])
            Assert.True(theirs[key] is null || JsonNode.DeepEquals(theirs[key], ours[key]), key);
    }

    [Theory]
    [InlineData("gptq", 4, 32, true)]
    [InlineData("gptq", 8, 32, true)]
    [InlineData("gptq-v2", 2, 16, false)]
    [InlineData("gptq-v2", 3, 32, false)]
    [InlineData("gptq-v2", 4, 32, false)]
    [InlineData("awq", 4, 32, false)]
    [InlineData("awq", 4, 32, true)]
    [InlineData("pack-quantized", 3, 32, false)]
    [InlineData("pack-quantized", 4, 16, true)]
    [InlineData("pack-quantized", 8, 32, false)]
    [InlineData("int-quantized", 8, 32, true)]
    [InlineData("int-quantized", 6, 16, false)]
    public void Write_QuantizedModel_GivesIntegersScalesAndZerosBack(string format, int bits, int groupSize, bool symmetric)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk,
            new Rtn(new RtnOptions { Bits = bits, GroupSize = groupSize, Symmetric = symmetric, ScaleDtype = ScaleType.Float16 }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings(format, "float16"), "out", out var result));

        Assert.DoesNotContain(result.Notes, note => note.StartsWith("scales", StringComparison.Ordinal));
        AssertEqual(desk, again);
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
    }

    [Theory]
    [InlineData("bfloat16", true)]
    [InlineData("float32", false)]
    public void Write_PrunedWeights_SayWhereTheyAreRounded(string type, bool isRounded)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        new SparseGpt(new SparseGptOptions { Pattern = new NmPattern(2, 4) }).Run(desk.Model.Transformer!,
            new CalibrationSet([[.. Enumerable.Range(0, 200)]]));
        desk.Write(ExportDesk.Settings("sparse-bitmask", type), "out", out var result);
        Assert.Equal(isRounded, result.Notes.Any(note => note.StartsWith("what was computed with more digits", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("pack-quantized", GridShare.Channel)]
    [InlineData("gptq-v2", GridShare.Channel)]
    [InlineData("awq", GridShare.Channel)]
    [InlineData("int-quantized", GridShare.Tensor)]
    [InlineData("int-quantized", GridShare.Channel)]
    public void Write_ScalesOfRowsAndMatrices_ComeBack(string format, GridShare per)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, new Rtn(new RtnOptions { Bits = 4, Per = per, ScaleDtype = ScaleType.Float16 }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings(format, "float16")));
        AssertEqual(desk, again);
    }

    [Theory]
    [InlineData(GridShare.Channel)]
    [InlineData(GridShare.Tensor)]
    public void Write_Floats8_ComeBackToTheBit(GridShare per)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, new Fp8(new Fp8Options { Per = per }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("float-quantized")));
        AssertEqual(desk, again);
        Assert.All(again.Linears, linear => Assert.Equal(CodeFormat.Fp8E4M3, ((QuantizedEncoding)linear.Encoding).Format));
    }

    [Fact]
    public void Write_PrunedModel_StoresTheValuesThatAreLeft()
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        foreach (var linear in desk.Linears)
            linear.Replace(linear.Weight.masked_fill(linear.Weight.abs().lt(linear.Weight.abs().mean()), Number.Of(0)),
                new PrunedEncoding(null));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("sparse-bitmask", "float32")));
        Assert.All(desk.Linears.Zip(again.Linears), pair => Assert.True(pair.First.Weight.eq(pair.Second.Weight).all().item<bool>()));
        Assert.All(again.Linears, linear => Assert.IsType<PrunedEncoding>(linear.Encoding));
    }

    [Fact]
    public void Write_LongScales_SaysThatTheyAreRounded()
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, new Rtn(new RtnOptions { GroupSize = 32 }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gptq-v2"), "out", out var result));
        Assert.Contains(result.Notes, note => note.StartsWith("scales of 21 linears are rounded to float16", StringComparison.Ordinal));
        Assert.All(desk.Linears.Zip(again.Linears),
            pair => Assert.True(pair.First.Quantized!.Codes.eq(pair.Second.Quantized!.Codes).all().item<bool>()));
    }

    [Fact]
    public void Write_SomeLinearsDense_SaysWhich()
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk, new Rtn(new RtnOptions { GroupSize = 32, Symmetric = true, Exclude = ["first.*"],
            OtherBits = [PatternBits.Parse("*.down_proj=8", null)] }));
        foreach (var format in (string[])["gptq", "pack-quantized"])
        {
            using var again = new ExportDesk(desk.Write(ExportDesk.Settings(format, "float16"), format));
            Assert.All(desk.Linears.Zip(again.Linears),
                pair => Assert.Equal((pair.First.Encoding as QuantizedEncoding)?.Bits, (pair.Second.Encoding as QuantizedEncoding)?.Bits));
        }
    }

    [Theory]
    [InlineData("gptq", "has an asymmetric grid", 4, 32)]
    [InlineData("gptq-v2", "has 5 bits, and the format has 2, 3, 4 or 8", 5, 32)]
    [InlineData("gptq-v2", "which groups of 48 do not fill", 4, 48)]
    [InlineData("awq", "has 3 bits, and the format has 4 alone", 3, 32)]
    [InlineData("awq", "which groups of 48 do not fill", 4, 48)]
    [InlineData("pack-quantized", "has 10 bits, and the format has 8 at most", 10, 32)]
    [InlineData("float-quantized", "has integers of 4 bits", 4, 32)]
    [InlineData("sparse-bitmask", "is quantized, and the format holds floats alone", 4, 32)]
    [InlineData("gguf", "which Q4_1 would round again", 4, 32)]
    public void Write_WhatAFormatCannotHold_IsRefusedBeforeAnythingIsWritten(string format, string reason, int bits, int groupSize)
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        var options = new RtnOptions { Bits = bits, GroupSize = groupSize };
        Compress(desk, new Rtn(options));
        var settings = ExportDesk.Settings(format, format == "gguf" ? "Q4_1" : null);
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(settings, "inner/out"));
        Assert.Contains(reason, fault.Message, StringComparison.Ordinal);
        Assert.False(Path.Exists(desk.Folder("inner")));
        Assert.Contains(desk.Forecast(settings, place => new Rtn(options).Foresee(place, LinearForecast.Untouched)).Faults,
            sentence => sentence.Contains(reason, StringComparison.Ordinal));
    }

    [Fact]
    public void Write_TwoReasons_GivesBoth()
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk,
            new Rtn(new RtnOptions { Bits = 5, GroupSize = 48, Symmetric = true, OtherBits = [PatternBits.Parse("*.down_proj=4", null)] }));
        var fault = Assert.Throws<LlmKickException>(() => desk.Write(ExportDesk.Settings("gptq")));
        Assert.Contains("and 17 more has 5 bits", fault.Message, StringComparison.Ordinal);
        Assert.Contains("has 160 inputs, which groups of 48 do not fill", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_KeepDense_KeepsWhatDoesNotFit()
    {
        using var desk = new ExportDesk(SharedData.Require(Source));
        Compress(desk,
            new Rtn(new RtnOptions { Bits = 4, GroupSize = 32, Symmetric = true, OtherBits = [PatternBits.Parse("*.down_proj=5", null)] }));
        using var again = new ExportDesk(desk.Write(ExportDesk.Settings("gptq", keepDense: true), "out", out var result));
        Assert.Contains(result.Notes, note => note.EndsWith("stored dense", StringComparison.Ordinal));
        Assert.All(again.Linears, linear => Assert.Equal(linear.Name != "mlp.down_proj", linear.Encoding is QuantizedEncoding));
    }

    internal static void Compress(ExportDesk desk, ICompressor compressor) =>
        compressor.Compress(desk.Model.Transformer!, new CompressionContext
    {
        Report = _ => { },
        Logger = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance,
    });

    private static void AssertEqual(ExportDesk desk, ExportDesk again) => Assert.All(desk.Linears.Zip(again.Linears), pair =>
    {
        using var scope = NewDisposeScope();
        var (own, copy) = (pair.First.Quantized!, pair.Second.Quantized!);
        Assert.True(own.Codes.eq(copy.Codes).all().item<bool>(), "codes");
        Assert.True(own.Scales.expand(copy.Scales.shape).eq(copy.Scales).all().item<bool>(), "scales");
        Assert.True(Zeros(own).expand(copy.Scales.shape).eq(Zeros(copy)).all().item<bool>(), "zeros");
    });

    private static Tensor Zeros(QuantizedWeight weight) => weight.Zeros
        ?? full(weight.Scales.shape, Number.Of(weight.Encoding.Symmetric ? 1 << (weight.Encoding.Bits - 1) : 0), ScalarType.Byte);

    private static JsonNode Config(string folder) => JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "config.json")))!;
}
