using LlmKick.Reports.Comparisons;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class ParetoFrontTests
{
    private static readonly (string Name, long Bytes, double Score)[] Points =
        [("dense", 100, 0.9), ("worse and larger", 80, 0.5), ("small", 20, 0.6), ("as small and worse", 20, 0.4),
            ("as good and larger", 50, 0.6), ("between", 60, 0.8), ("unknown", 10, double.NaN)];

    [Fact]
    public void Of_HigherIsBetter_IsWhatNothingBeats() => Assert.Equal(["small", "between", "dense"], Names(Points, true));

    [Fact]
    public void Of_LowerIsBetter_IsWhatNothingBeats() => Assert.Equal(["as small and worse"], Names(Points, false));

    private static IEnumerable<string> Names(IEnumerable<(string Name, long Bytes, double Score)> points, bool higherIsBetter) =>
        ParetoFront.Of(points, point => point.Bytes, point => point.Score, higherIsBetter).Select(point => point.Name);
}
