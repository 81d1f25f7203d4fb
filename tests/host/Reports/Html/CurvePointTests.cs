using LlmKick.Reports.Html;

namespace LlmKick.Tests.Reports.Html;

public sealed class CurvePointTests
{
    [Fact]
    public void Of_Seeds_IsTheirMeanAndHoldsTheirIntervals()
    {
        var point = CurvePoint.Of([new CurvePoint(0.5, 1, 0.5, 1.5), new CurvePoint(0.5, 2, 1.25, 2.75), new CurvePoint(0.5, 6, 5, 7)]);
        Assert.Equal((0.5, 3, 0.5, 7), (point.Sparsity, point.Value, point.Low, point.High));
        Assert.Equal([1, 2, 6], point.Seeds);
    }

    [Fact]
    public void Of_One_StaysAsItIs() => Assert.Empty(CurvePoint.Of([new CurvePoint(0.5, 1, 0.5, 1.5)]).Seeds);
}
