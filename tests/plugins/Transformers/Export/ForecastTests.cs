using LlmKick.Sdk.Compression;
using LlmKick.Transformers;

namespace LlmKick.Tests.Transformers.Export;

public sealed class ForecastTests
{
    public static TheoryData<string, string> Types
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (var format in new TransformersLoader(new TransformersOptions()).Checkpoints.Formats.Where(format => format.Name is "hf-dense" or "gguf"))
                foreach (var type in format.Types)
                    data.Add(format.Name, type);
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public void Forecast_EveryType_IsWhatIsWritten(string format, string type)
    {
        using var desk = new ExportDesk(SharedData.Require("golden/architectures/llama"));
        var settings = ExportDesk.Settings(format, type);
        var path = desk.Write(settings, "out", out var result);
        Assert.Equal(ExportDesk.BytesOf(path), result.Bytes);
        Assert.Equal(result.Bytes, desk.Forecast(settings, LinearForecast.Untouched).Bytes);
    }
}
