using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.LmEval;
using LlmKick.Sdk;
using LlmKick.Sdk.Statistics;
using LlmKick.Sdk.Testing;

namespace LlmKick.Tests.Reports;

public sealed class LmEvalComparisonTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Between_PairedRows_FlipsTestAndInterval()
    {
        Write("a", "acc", [1, 1, 1, 1, 0, 0, 1, 1], [0, 0, 0, 0, 1, 1, 0, 0]);
        Write("b", "acc", [0, 0, 0, 1, 1, 0, 1, 0], [1, 1, 1, 0, 0, 2, 0, 1]);
        var (differences, missing) = Compare();
        var one = Assert.Single(differences);
        Assert.Empty(missing);
        Assert.Equal((8, 4, 1, 1), (one.Comparison.Samples, one.Comparison.Lost, one.Comparison.Won, one.Comparison.OtherWrong));
        Assert.Equal(McNemar.Exact(4, 1), one.Comparison.P!.Value, 1e-12);
        Assert.Equal(3 / 6.0, one.Comparison.Ratio, 1e-12);
        Assert.InRange(3 / 6.0, one.Comparison.Interval.Low, one.Comparison.Interval.High);
        Assert.Equal(["0", "1", "2", "7"], one.Flips[Flip.RightToWrong]);
    }

    [Fact]
    public void Between_RowsThatDoNotPair_AreCounted()
    {
        Write("a", "acc", [1, 1, 1, 1], [0, 0, 0, 0]);
        Write("b", "acc", [1, 0, 1], [0, 1, 0], row => row == 2 ? "another row" : $"row {row}");
        var (differences, missing) = Compare();
        Assert.Equal(2, Assert.Single(differences).Comparison.Samples);
        Assert.Contains("2 rows of A and 1 of B have no partner", Assert.Single(missing).Why, StringComparison.Ordinal);
        Assert.True(missing[0].IsNew, "What is judged in part asks nothing more of B.");
    }

    [Fact]
    public void Between_FoldersOfAnotherProgram_WithoutSomeFields()
    {
        Write("a", "acc", [1, 0], [0, 1]);
        var samples = folder.Write("b/m/samples_t_2026-01-01T00-00-00.000000.jsonl",
            "{\"doc_id\": 0, \"doc_hash\": \"row 0\", \"acc\": 1.0}\n{\"doc_id\": 1, \"doc_hash\": \"row 1\", \"acc\": 1.0}\n");
        folder.Write("b/m/results_2026-01-01T00-00-00.000000.json", "{\"results\": {\"t\": {\"acc,none\": 1.0, \"alias\": \"t\"}}}");
        Assert.True(File.Exists(samples));
        var (differences, _) = LmEvalComparison.Between(LmEvalFolder.Read(In("a/m")), LmEvalFolder.Read(In("b")));
        Assert.Equal((0, 1), (Assert.Single(differences).Comparison.Lost, differences[0].Comparison.Won));
        Assert.Equal("m", differences[0].Comparison.Variant);
    }

    [Fact]
    public void Between_SeveralFiltersAndMetrics_TestsTheFirstOfEachFilterAndTellsTheOthers()
    {
        foreach (var (name, score) in new[] { ("a", 1), ("b", 0) })
        {
            folder.Write($"{name}/m/results_2026-01-01T00-00-00.000000.json",
                $$"""{"results": {"t": {"acc,strict": {{score}}, "acc_norm,strict": 0.{{score}}, "acc,loose": 1, """
                    + "\"acc_norm,loose\": 0.5}}}");
            folder.Write($"{name}/m/samples_t_2026-01-01T00-00-00.000000.jsonl", string.Concat(new[] { "strict", "loose" }.Select(filter =>
                $$"""{"doc_id": 0, "filter": "{{filter}}", "acc": {{(filter == "loose" ? 1 : score)}}, "acc_norm": 1}""" + "\n")));
        }
        var differences = Compare().Differences;
        Assert.Equal([("t,strict", "acc", 1, 0), ("t,loose", "acc", 1, 1)], differences.Select(one => (one.Comparison.Task,
            one.Comparison.Metric, (int)one.Comparison.Dense, (int)one.Comparison.Value)));
        Assert.Equal([("acc_norm", 0.1, 0.0), ("acc_norm", 0.5, 0.5)],
            differences.Select(one => Assert.Single(one.Others)).Select(one => (one.After.Name, one.Before.Value, one.After.Value)));
    }

    [Fact]
    public void Between_Perplexity_RatioOfThePairs()
    {
        Write("a", "perplexity", [-1, -2, -3], [0, 0, 0], higher: false, value: Math.Exp(2));
        Write("b", "perplexity", [-1.5, -2.5, -3.5], [0, 0, 0], higher: false, value: Math.Exp(2.5));
        var one = Assert.Single(Compare().Differences).Comparison;
        Assert.Equal(Math.Exp(0.5), one.Ratio, 1e-12);
        Assert.False(one.HigherIsBetter);
        Assert.Equal(Math.Exp(0.5), one.Interval.Low, 1e-9);
    }

    [Fact]
    public void Read_DamagedLine_IsToldWithItsPlace()
    {
        Write("a", "acc", [1], [0]);
        folder.Write("b/m/results_2026-01-01T00-00-00.000000.json", "{\"results\": {\"t\": {\"acc,none\": 1.0}}}");
        folder.Write("b/m/samples_t_2026-01-01T00-00-00.000000.jsonl", "{\"doc_id\": 0, \"acc\": 1.0}\n{\"doc\n");
        var fault = Assert.Throws<LlmKickException>(() => Compare());
        Assert.Contains("samples_t_2026-01-01T00-00-00.000000.jsonl:2", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Is_FolderOfResults_IsKnown()
    {
        Write("a", "acc", [1], [0]);
        Assert.True(LmEvalFolder.Is(In("a")));
        Assert.True(LmEvalFolder.Is(In("a/m")));
        Assert.False(LmEvalFolder.Is(folder.Path));
    }

    private (IReadOnlyList<LlmKick.Reports.RunDifference> Differences, IReadOnlyList<LlmKick.Reports.NotCompared> Missing) Compare() =>
        LmEvalComparison.Between(LmEvalFolder.Read(In("a")), LmEvalFolder.Read(In("b")));

    private string In(string name) => Path.Combine(folder.Path, name);

    private void Write(string name, string metric, double[] scores, int[] choices, Func<int, string>? hash = null, bool higher = true,
        double? value = null)
    {
        var lines = scores.Select((score, i) => new JsonObject
        {
            ["doc_id"] = i,
            ["doc_hash"] = hash?.Invoke(i) ?? $"row {i}",
            ["filter"] = "none",
            ["filtered_resps"] = new JsonArray([.. Enumerable.Range(0, 3).Select(choice =>
                (JsonNode)new JsonArray(choice == choices[i] ? "-1.0" : "-2.5", "False"))]),
            ["metrics"] = new JsonArray(metric),
            [metric] = score,
        }.ToJsonString());
        folder.Write($"{name}/m/samples_t_2026-01-01T00-00-00.000000.jsonl", string.Join('\n', lines) + "\n");
        folder.Write($"{name}/m/results_2026-01-01T00-00-00.000000.json", new JsonObject
        {
            ["results"] = new JsonObject { ["t"] = new JsonObject { ["alias"] = "t", [$"{metric},none"] = value ?? scores.Average(),
                [$"{metric}_stderr,none"] = "N/A" } },
            ["higher_is_better"] = new JsonObject { ["t"] = new JsonObject { [metric] = higher } },
            ["model_name"] = "m",
        }.ToJsonString());
    }
}
