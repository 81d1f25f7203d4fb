using System.Globalization;
using System.Text.Json.Nodes;
using LlmKick.Reports.Spreads;
using LlmKick.Reports.Wording;
using LlmKick.Runs.Results;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Reports.Spreads;

public sealed class SpreadTests : IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        calibration: { text: calibration.txt, samples: 4, length: 32, take: random }
        variants:
          - dense
          - { use: { sparsegpt: { sparsity: 0.5 } }, seeds: 3 }
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 10 }
          - { use: { generate: { path: rows.csv, prompt: "{p}", temperature: 1, max_new_tokens: 12 } }, seeds: [4, 7] }
        """;

    private readonly RunDesk desk = new(Recipe);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Of_Seeds_MeanDeviationAndWhatSamplesLeave()
    {
        var spread = SeedGroups.Of("v", "t", [Metric(1, 0, 2), Metric(2, 1, 3), Metric(6, 5, 7)]);
        Assert.Equal((3, Math.Sqrt(7)), (spread.Mean, spread.Deviation));
        Assert.Equal(1 / 1.959964, spread.ItemDeviation, 1e-12);
    }

    [Fact]
    public void Run_Seeds_AreReportedTogether()
    {
        desk.Write("rows.csv", "p\nhello\nwhat\nwhy\n");
        var result = desk.Done();
        var (results, spreads) = (desk.Results(), desk.Results()["spreads"]!.AsArray());

        double[] perplexities =
            [.. Enumerable.Range(0, 3).Select(seed => Value(results, $"sparsegpt-0.5-seed{seed}", "perplexity", "perplexity"))];
        Assert.Equal(3, perplexities.Distinct().Count());
        var spread = spreads.Single(one => (string)one!["variant"]! == "sparsegpt-0.5" && (string)one["task"]! == "perplexity")!;
        Assert.Equal((3, perplexities.Average(), perplexities.Min(), perplexities.Max()),
            ((int)spread["seeds"]!, (double)spread["mean"]!, (double)spread["low"]!, (double)spread["high"]!));
        Assert.Equal(Math.Sqrt(perplexities.Sum(one => Math.Pow(one - perplexities.Average(), 2)) / 2), (double)spread["deviation"]!, 1e-9);

        double[] uniques = [Value(results, "dense", "generate-seed4", "unique_tokens"),
            Value(results, "dense", "generate-seed7", "unique_tokens")];
        var drawn = spreads.Single(one => (string)one!["variant"]! == "dense" && (string)one["metric"]! == "unique_tokens")!;
        Assert.Equal(("generate", uniques.Average()), ((string)drawn["task"]!, (double)drawn["mean"]!));
        Assert.NotEqual(Texts("generate-seed4"), Texts("generate-seed7"));

        Assert.Matches(@"sparsegpt-0\.5 +perplexity +perplexity +3 +" + perplexities.Average()
            .ToString("0.0", CultureInfo.InvariantCulture), result.Out);
        var page = File.ReadAllText(desk.File("out", "report.html"));
        Assert.Contains("Spread over seeds", page, StringComparison.Ordinal);
        Assert.Contains($"<td>{DisplayText.Number(perplexities.Average())}, mean of 3 seeds ({DisplayText.Number(perplexities.Min())} … "
            + $"{DisplayText.Number(perplexities.Max())})</td>", page, StringComparison.Ordinal);
        Assert.Contains(Tool.Run("report", desk.File("out"), "--markdown").Out.Split('\n'),
            line => line.StartsWith("| sparsegpt-0.5 | perplexity | perplexity | 3 |", StringComparison.Ordinal));
    }

    private string Texts(string task) =>
        string.Join('|', desk.Lines("out", "samples", "dense", task + ".jsonl").Select(line => (string)line["responses"]![0]!["text"]!));

    private static double Value(JsonNode results, string variant, string task, string metric) =>
        (double)results["variants"]!.AsArray()
            .Single(one => (string)one!["name"]! == variant)!["tasks"]![task]!["metrics"]![metric]!["value"]!;

    private static MetricResults Metric(double value, double low, double high) => new(value, 10, low, high) { Name = "m" };
}
