using System.Text.Json;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class WilsonTests
{
    [Fact]
    public void Interval_GoldenCounts_EqualStatsmodels()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/statistics/tests.json")));
        var cases = golden.RootElement.GetProperty("wilson_95").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var expected in cases)
        {
            var interval = Wilson.Interval(expected.GetProperty("k").GetInt32(), expected.GetProperty("n").GetInt32());
            Assert.Equal(expected.GetProperty("low").GetDouble(), interval.Low, 1e-12);
            Assert.Equal(expected.GetProperty("high").GetDouble(), interval.High, 1e-12);
        }
    }

    [Fact]
    public void Interval_NoneAndAll_EndsAreExact()
    {
        Assert.Equal(0, Wilson.Interval(0, 7).Low);
        Assert.Equal(1, Wilson.Interval(7, 7).High);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(-1, 3)]
    [InlineData(4, 3)]
    public void Interval_CountOutOfRange_Throws(int successes, int samples) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Wilson.Interval(successes, samples));
}
