using System.Text.Json;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Statistics;

public sealed class McNemarTests
{
    [Fact]
    public void Exact_GoldenCounts_EqualsStatsmodels()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/statistics/tests.json")));
        var cases = golden.RootElement.GetProperty("mcnemar").EnumerateArray().ToList();
        Assert.NotEmpty(cases);
        foreach (var expected in cases)
            Assert.Equal(
                expected.GetProperty("exact_p").GetDouble(),
                McNemar.Exact(expected.GetProperty("correct_to_wrong").GetInt32(), expected.GetProperty("wrong_to_correct").GetInt32()),
                1e-10);
    }

    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(1, 0, 1)] // a correction for continuity would go below zero of evidence here
    [InlineData(1, 1, 1)]
    [InlineData(3, 0, 0.25)]
    [InlineData(0, 6, 0.03125)]
    public void Exact_FewChanges_IsTheShareOfCoins(int lost, int won, double p) => Assert.Equal(p, McNemar.Exact(lost, won), 1e-15);

    [Fact]
    public void Exact_ManyChanges_StaysFinite()
    {
        Assert.Equal(1, McNemar.Exact(3000, 3000));
        Assert.InRange(McNemar.Exact(3000, 100), 0, 1e-100);
    }

    [Theory]
    [InlineData(-1, 0)]
    [InlineData(0, -1)]
    public void Exact_NegativeCount_Throws(int lost, int won) => Assert.Throws<ArgumentOutOfRangeException>(() => McNemar.Exact(lost, won));

    [Theory]
    [InlineData(0, 0)]
    [InlineData(5, 1)]
    [InlineData(12, 30)]
    public void Clustered_EverySampleAlone_IsTheExactTest(int lost, int won) =>
        Assert.Equal(McNemar.Exact(lost, won),
            McNemar.Clustered([.. Enumerable.Repeat(-1, lost), .. Enumerable.Repeat(1, won), 0, 0]), 1e-12);

    [Fact]
    public void Clustered_FewClusters_CountsAllSigns()
    {
        int[] changes = [3, -1, 2, 2, 0, -1];
        var sums = Enumerable.Range(0, 1 << changes.Length)
            .Select(signs => changes.Select((change, i) => (signs >> i & 1) == 0 ? change : -change).Sum()).ToList();
        Assert.Equal(sums.Count(sum => Math.Abs(sum) >= 5) / (double)sums.Count, McNemar.Clustered(changes), 1e-12);
    }

    [Fact]
    public void Clustered_OneClusterChanged_IsNoEvidence() => Assert.Equal(1, McNemar.Clustered([-40, 0, 0]));
}
