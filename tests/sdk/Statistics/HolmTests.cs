using System.Text.Json;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class HolmTests
{
    [Fact]
    public void Adjust_GoldenValues_EqualsStatsmodels()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/statistics/tests.json")));
        var cases = golden.RootElement.GetProperty("holm").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var expected in cases)
        {
            var adjusted = Holm.Adjust([.. expected.GetProperty("p").EnumerateArray().Select(p => p.GetDouble())]);
            Assert.Equal(expected.GetProperty("adjusted").EnumerateArray().Select(p => p.GetDouble()), adjusted,
                (a, b) => Math.Abs(a - b) < 1e-12);
        }
    }

    [Fact]
    public void Adjust_OneIsNoNumber_CorrectsTheOthersAmongThemselves() =>
        Assert.Equal([0.04, double.NaN, 0.02, 0.5], Holm.Adjust([0.02, double.NaN, 0.02 / 3, 0.5]),
            (a, b) => double.IsNaN(a) ? double.IsNaN(b) : Math.Abs(a - b) < 1e-15);

    [Fact]
    public void Adjust_Nothing_IsNothing() => Assert.Empty(Holm.Adjust([]));
}
