using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Reports;

/// <summary>The contract of <c>results.json</c> and of the files beside it.</summary>
public sealed class ResultsDocumentTests(FinishedRun run) : IClassFixture<FinishedRun>
{
    [Fact]
    public void Document_Top_NamesModelDataVersionsMachineAndRecipe()
    {
        var results = run.Results;
        Assert.Equal("llmkick/results@1", (string)results["format"]!);
        Assert.Equal("tiny", (string)results["name"]!);
        Assert.Equal(("model", "transformers", 2),
            ((string)results["model"]!["name"]!, (string)results["model"]!["kind"]!, (int)results["model"]!["blocks"]!));
        Assert.All(["content_hash", "tokenizer_hash"], hash => Assert.Matches("^[0-9a-f]{64}$", (string)results["model"]![hash]!));
        Assert.Equal(Hash("calibration.txt"), (string)results["data"]!["calibration"]!);
        Assert.Equal(Hash("text.txt"), (string)results["data"]!["tasks"]!["perplexity"]!["text"]![0]!);
        Assert.Matches("^[0-9a-f]{64}$", (string)results["data"]!["tasks"]!["mmlu"]!["path"]![0]!);
        Assert.Equal(("cpu", 1, "float32"),
            ((string)results["compute"]!["device"]!, (int)results["compute"]!["threads"]!, (string)results["compute"]!["dtype"]!));
        Assert.All(["llmkick", "sdk", "torchsharp", "libtorch"], name => Assert.NotEmpty((string)results["versions"]![name]!));
        Assert.Equal(["LlmKick.Kick", "LlmKick.Perplexity", "LlmKick.Pruning", "LlmKick.Transformers"],
            results["versions"]!["plugins"]!.AsObject().Select(plugin => plugin.Key));
        Assert.All(["os", "architecture", "dotnet"], name => Assert.NotEmpty((string)results["machine"]![name]!));
        Assert.True((int)results["machine"]!["cores"]! > 0);
        Assert.Equal(["dense", "magnitude-0.5", "wanda-0.5", "sparsegpt-2of4"],
            results["recipe"]!["variants"]!.AsArray().Select(variant => (string)variant!["name"]!));
    }

    [Fact]
    public void Variant_HasCompressorsSparsityAndSeconds()
    {
        var wanda = run.Variant("wanda-0.5");
        Assert.Equal("""[{"name":"wanda","options":{"sparsity":0.5},"axis":"sparsity"}]""", wanda["compressors"]!.ToJsonString());
        Assert.Equal("[]", run.Variant("dense")["compressors"]!.ToJsonString());
        Assert.True((double)wanda["seconds"]! > 0);
        // Counted from the reports of all linears, and from the layout of the tiny model.
        var (zeros, weights) = Zeros("wanda-0.5");
        Assert.Equal(zeros / weights, (double)wanda["sparsity"]!["pruned_matrices"]!, 1e-12);
        Assert.Equal(zeros / (double)run.Results["model"]!["parameters"]!, (double)wanda["sparsity"]!["all_parameters"]!, 1e-12);
        Assert.Equal(0.5, (double)wanda["sparsity"]!["pruned_matrices"]!);
        Assert.Equal(0, (double)run.Variant("dense")["sparsity"]!["all_parameters"]!);
        Assert.True((int)run.Variant("dense")["reading"]!["tokens"]! > 1 && (double)run.Variant("dense")["reading"]!["seconds"]! > 0);
        // Zeros anywhere are held by a format of their own and by dense ones, and by none of integers.
        Assert.Equal(["gguf", "hf-dense", "sparse-bitmask"], wanda["size"]!["on_disk"]!.AsObject().Select(format => format.Key).Order());
        Assert.True((long)wanda["size"]!["on_disk"]!["sparse-bitmask"]! < (long)wanda["size"]!["on_disk"]!["hf-dense"]!);
        // Zeros are multiplied like any other number.
        Assert.Null(wanda["reading"]);
        var parameters = (long)run.Results["model"]!["parameters"]!;
        Assert.Equal((9, 2 * parameters, parameters - (long)zeros),
            ((double)wanda["size"]!["bits_per_weight"]!, (long)wanda["size"]!["dense_bytes"]!, (long)wanda["size"]!["non_zeros"]!));
        Assert.Equal(2 * parameters - (16 - 9) * (long)weights / 8, (long)wanda["size"]!["bytes"]!);
    }

    [Fact]
    public void Metrics_EveryTaskOfEveryVariant_HaveValueCountAndInterval()
    {
        foreach (var variant in run.Results["variants"]!.AsArray())
        {
            Assert.Equal(["perplexity", "mmlu"], variant!["tasks"]!.AsObject().Select(task => task.Key));
            foreach (var (_, task) in variant["tasks"]!.AsObject())
                Assert.All(task!["metrics"]!.AsObject(), metric =>
                {
                    Assert.Equal(["value", "n", "low", "high"], metric.Value!.AsObject().Select(field => field.Key));
                    Assert.InRange((double)metric.Value!["value"]!, (double)metric.Value!["low"]!, (double)metric.Value!["high"]!);
                });
        }
    }

    [Fact]
    public void Perplexity_IsExpOfTheMeanScore_WithABootstrapInterval()
    {
        var metric = run.Variant("wanda-0.5")["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!;
        var nll = Scores("wanda-0.5", "perplexity", "nll");
        Assert.Equal(70, (int)metric["n"]!);
        Assert.Equal(Math.Exp(nll.Average()), (double)metric["value"]!, 1e-9 * Math.Exp(nll.Average()));
        // A percentile bootstrap of 70 windows lies near the normal interval of their mean.
        var error = 1.96 * Math.Sqrt(nll.Sum(value => Math.Pow(value - nll.Average(), 2)) / 69 / 70);
        Assert.InRange(Math.Log((double)metric["low"]!), nll.Average() - 1.3 * error, nll.Average() - 0.7 * error);
        Assert.InRange(Math.Log((double)metric["high"]!), nll.Average() + 0.7 * error, nll.Average() + 1.3 * error);
    }

    [Theory]
    [InlineData("accuracy.strict")]
    [InlineData("accuracy.paper")]
    [InlineData("format_failure")]
    public void Proportion_HasTheNameOfItsScore_AndAWilsonInterval(string name)
    {
        foreach (var variant in run.Results["variants"]!.AsArray())
        {
            var metrics = variant!["tasks"]!["mmlu"]!["metrics"]!.AsObject();
            var scores = Scores((string)variant["name"]!, "mmlu", name);
            Assert.All(scores, score => Assert.True(score is 0 or 1));
            AssertWilson(metrics[name]!, scores);
            // The first three questions are anatomy's, of the categories other and health.
            AssertWilson(metrics[name + "/anatomy"]!, scores[..3]);
            AssertWilson(metrics[name + "/virology"]!, scores[3..]);
            Assert.Equal(6, (int)metrics[name + "/health"]!["n"]!);
            Assert.Equal(6, (int)metrics[name + "/other"]!["n"]!);
        }
    }

    [Fact]
    public void Task_OfACompressedVariant_StandsBesideTheDenseModelSampleBySample()
    {
        var against = run.Variant("magnitude-0.5")["tasks"]!["mmlu"]!["against_dense"]!.AsObject();
        var metric = (string)against["metric"]!;
        var (dense, here) = (Scores("dense", "mmlu", metric), Scores("magnitude-0.5", "mmlu", metric));
        Assert.Equal(dense.Zip(here).Count(pair => pair is { First: 1, Second: 0 }), (int)against["right_to_wrong"]!);
        Assert.Equal(dense.Zip(here).Count(pair => pair is { First: 0, Second: 1 }), (int)against["wrong_to_right"]!);
        Assert.Equal(6, (int)against["n"]!);
        Assert.InRange((double)against["p_holm"]!, 0, 1);
        var perplexity = run.Variant("magnitude-0.5")["tasks"]!["perplexity"]!;
        Assert.Equal(
            (double)perplexity["metrics"]!["perplexity"]!["value"]!
                / (double)run.Variant("dense")["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["value"]!,
            (double)perplexity["against_dense"]!["ratio"]!, 1e-12);
        Assert.Null(run.Variant("dense")["tasks"]!["mmlu"]!["against_dense"]);
        Assert.Equal(["0.01", "0.03", "0.05", "0.1"], against["matching"]!.AsObject().Select(pair => pair.Key));
        Assert.InRange((int)against["wrong_to_other_wrong"]!, 0, dense.Zip(here).Count(pair => pair is { First: 0, Second: 0 }));
        Assert.Equal((double)((int)against["wrong_to_right"]! - (int)against["right_to_wrong"]!) / 6, (double)against["net"]!, 1e-12);
        Assert.Equal(["accuracy.strict", "accuracy.paper", "format_failure"],
            run.Results["tasks"]!["mmlu"]!["metrics"]!.AsObject().Select(pair => pair.Key));
        Assert.Equal("nll", (string)run.Results["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!["exponential_of"]!);
        Assert.All(run.Results["findings"]!.AsArray(), sentence => Assert.NotEmpty((string)sentence!));
    }

    [Fact]
    public void Files_AreOneLineASample_AndRequestsOnceATask()
    {
        Assert.Equal(["mmlu.jsonl", "perplexity.jsonl"],
            Directory.GetFiles(run.Desk.File("out", "requests")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        foreach (var (task, count) in new[] { ("perplexity", 70), ("mmlu", 6) })
        {
            var requests = run.Desk.Lines("out", "requests", task + ".jsonl");
            var samples = run.Desk.Lines("out", "samples", "sparsegpt-2of4", task + ".jsonl");
            Assert.Equal(count, samples.Length);
            Assert.All(samples, sample =>
                Assert.Equal(["id", "responses", "scores"], sample.Select(field => field.Key).Where(key => key != "weight")));
            Assert.Equal(requests.Select(line => (string)line["id"]!), samples.Select(line => (string)line["id"]!));
            Assert.Equal(requests.Select(line => line["requests"]!.AsArray().Count),
                samples.Select(line => line["responses"]!.AsArray().Count));
        }
    }

    [Fact]
    public void Layers_AreOneLineALinear()
    {
        var lines = run.Desk.Lines("out", "layers", "sparsegpt-2of4.jsonl");
        Assert.Equal(2 * 7, lines.Length);
        Assert.All(lines, line =>
        {
            Assert.Equal(("sparsegpt", 0.5), ((string)line["compressor"]!, (double)line["sparsity"]!));
            Assert.True((double)line["relative_frobenius"]! > 0 && (double)line["relative_output_error"]! > 0
                && (double)line["damping"]! > 0 && (double)line["seconds"]! >= 0);
        });
        Assert.False(File.Exists(run.Desk.File("out", "layers", "dense.jsonl")));
    }

    private (double Zeros, double Weights) Zeros(string variant)
    {
        var lines = run.Desk.Lines("out", "layers", variant + ".jsonl");
        double Size(JsonObject line) => line["shape"]!.AsArray().Aggregate(1.0, (size, length) => size * (int)length!);
        return (lines.Sum(line => Math.Round((double)line["sparsity"]! * Size(line))), lines.Sum(Size));
    }

    private double[] Scores(string variant, string task, string score) =>
        [.. run.Desk.Lines("out", "samples", variant, task + ".jsonl").Select(line => (double)line["scores"]![score]!)];

    private string Hash(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(run.Desk.File(file))));

    /// <summary>Wilson (1927): the values of p with |p̂ − p| ≤ z·√(p(1 − p)/n), so its ends solve that equation.</summary>
    private static void AssertWilson(JsonNode metric, double[] scores)
    {
        var (value, n) = (scores.Average(), scores.Length);
        Assert.Equal(n, (int)metric["n"]!);
        Assert.Equal(value, (double)metric["value"]!, 1e-12);
        foreach (var end in new[] { (double)metric["low"]!, (double)metric["high"]! })
            Assert.Equal(Math.Abs(value - end), 1.959963984540054 * Math.Sqrt(end * (1 - end) / n), 1e-6);
    }
}
