using LlmKick.Sdk.Reports;
using LlmKick.Sdk.Testing;
using Xunit;

namespace Contoso.Plugin_1.Tests;

public sealed class BlockErrorsTests
{
    [Fact]
    public void Make_CompressedVariant_HasAPointForEachBlock()
    {
        using var model = new TinyLlama();
        var reports = new RowMagnitude(new RowMagnitudeOptions()).Run(model);
        var variant = new VariantView("half", []) { Layers = reports.Select(report => new LayerView("contoso-plugin", report)) };

        var section = BlockErrors.Make(new RunView("tiny", [], [new VariantView("dense", []), variant]))!;

        var line = Assert.Single(Assert.IsType<ReportChart>(Assert.Single(section.Parts)).Lines);
        Assert.Equal(model.BlockCount, line.Points.Count);
        Assert.All(line.Points, point => Assert.InRange(point.Y, 0.1, 0.9));
    }

    [Fact]
    public void Make_NothingOfThisMethod_IsNoSection() =>
        Assert.Null(BlockErrors.Make(new RunView("tiny", [], [new VariantView("dense", [])])));
}
