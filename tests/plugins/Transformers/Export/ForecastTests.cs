using LlmKick.Pruning;
using LlmKick.Quantization;
using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Export;

namespace LlmKick.Tests.Transformers.Export;

/// <summary>Sizes that are foretold from shapes and options alone.</summary>
public sealed class ForecastTests
{
    public static TheoryData<string, string> FloatTypes
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var format in ModelWriters.All.Select(writer => writer.Format).Where(format => format.Name is "hf-dense" or "gguf"))
                foreach (var type in format.Types)
                    data.Add(format.Name, type);
            return data;
        }
    }

    public static TheoryData<string, string> Methods => new()
    {
        { "gptq", "rtn4s" }, { "gptq-v2", "rtn3" }, { "awq", "rtn4" }, { "pack-quantized", "rtn5" }, { "pack-quantized", "rtn4s" },
        { "int-quantized", "rtn8" },
        { "float-quantized", "fp8" }, { "sparse-bitmask", "magnitude" }, { "sparse-bitmask", "random" }, { "hf-dense", "magnitude" },
        { "gguf", "rtn4" },
    };

    [Theory]
    [MemberData(nameof(FloatTypes))]
    public void Forecast_UnchangedModel_IsWhatIsWritten(string format, string type)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        var settings = ExportDesk.Settings(format, type);
        var path = desk.Write(settings, "out", out var result);
        Assert.Equal(ExportDesk.BytesOf(path), result.Bytes);
        Assert.Equal(result.Bytes, desk.Forecast(settings, _ => LinearForecast.Untouched).Bytes);
    }

    [Theory]
    [MemberData(nameof(Methods))]
    public void Forecast_CompressedModel_IsWithinOnePercent(string format, string method)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        var settings = ExportDesk.Settings(format);
        var compressor = Compressor(method);
        var foretold = desk.Forecast(settings, place => compressor.Foresee(place, LinearForecast.Untouched)).Bytes;
        PackedExportTests.Compress(desk, compressor);
        var written = ExportDesk.BytesOf(desk.Write(settings));
        Assert.Equal(written, foretold!.Value, 0.01 * written);
    }

    private static ICompressor Compressor(string method) => method switch
    {
        "fp8" => new Fp8(new Fp8Options()),
        "magnitude" => new Magnitude(new PruningOptions { Sparsity = 0.5 }),
        "random" => new RandomPruning(new PruningOptions { Sparsity = 0.7 }),
        _ => new Rtn(new RtnOptions { Bits = method[3] - '0', GroupSize = 32, Symmetric = method.EndsWith('s') }),
    };
}
