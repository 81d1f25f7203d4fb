using LlmKick.Quantization;
using LlmKick.Sdk.Compression;

namespace LlmKick.Tests.Quantization;

/// <summary>Routers are left by their role unless a pattern names them.</summary>
public sealed class RouterSelectionTests
{
    [Theory]
    [InlineData(null, false)]
    [InlineData("*", false)]
    [InlineData("first.*", false)]
    [InlineData("*.router", true)]
    [InlineData("0.mlp.*", true)]
    public void Compress_Include_TakesARouterWhereItIsNamed(string? include, bool isTaken)
    {
        using var model = new TinyExperts(1);
        var reports = new Rtn(new RtnOptions { GroupSize = 8, Include = include is null ? [] : [include] }).Run(model);
        var router = reports.Single(report => report.Linear == "mlp.router");
        Assert.Equal(isTaken, router.Encoding is QuantizedEncoding);
        Assert.Equal(isTaken ? null : LeftReason.Role, router.Left);
        Assert.Equal(include != "*.router",
            reports.Any(report => report is { Linear: "mlp.experts.3.up_proj", Encoding: QuantizedEncoding }));
    }
}
