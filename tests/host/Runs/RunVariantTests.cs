namespace LlmKick.Tests.Runs;

public sealed class RunVariantTests : IDisposable
{
    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_SeveralCompressors_WorkInOrderOnTheSameWeights()
    {
        Use("""[ { use: [magnitude: { sparsity: 0.3 }, random: { sparsity: 0.5 }], name: both }, { use: [random: { sparsity: 0.5 }], name: one } ]""");
        desk.Done();
        var (both, one) = (desk.Lines("out", "layers", "both.jsonl"), desk.Lines("out", "layers", "one.jsonl"));
        Assert.Equal(["magnitude", "random"], both.Select(line => (string)line["compressor"]!).Distinct());
        Assert.Equal(2 * one.Length, both.Length);
        // Random pruning takes half of all, whatever is zero already, so more is gone than by either alone.
        Assert.All(both[one.Length..], line => Assert.InRange((double)line["sparsity"]!, 0.55, 0.75));
        Assert.Equal(["magnitude", "random"],
            desk.Results()["variants"]![0]!["compressors"]!.AsArray().Select(stage => (string)stage!["name"]!));
    }

    [Fact]
    public void Run_SeveralCompressorsKilledInTheSecond_EndsAsIfUndisturbed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        Use("[ { use: [sparsegpt: { sparsity: 0.3 }, wanda: { sparsity: 0.5 }], name: both } ]");
        desk.Done("whole");
        Assert.True(desk.IsKilled("compress:2"));
        Assert.True(desk.IsKilled("compress:3"));
        desk.Done();
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }

    [Fact]
    public void Run_Seeds_AreVariantsOfTheirOwn()
    {
        Use("[ { use: { random: { sparsity: 0.5 } }, seeds: [1, 2] }, { use: { random: { sparsity: 0.5 } }, seed: 1, name: again } ]");
        desk.Done();
        Assert.Equal(["random-0.5-seed1", "random-0.5-seed2", "again"],
            desk.Results()["variants"]!.AsArray().Select(variant => (string)variant!["name"]!));
        string Samples(string variant) => File.ReadAllText(desk.File("out", "samples", variant, "perplexity.jsonl"));
        Assert.Equal(Samples("again"), Samples("random-0.5-seed1"));
        Assert.NotEqual(Samples("again"), Samples("random-0.5-seed2"));
    }

    [Fact]
    public void Run_VariantOfAnotherModel_IsMeasuredOnThatOne()
    {
        TinyModel.Write(desk.File("other"), seed: 2);
        Use("[ dense, { use: dense, name: other, model: { transformers: { path: other } } }, magnitude: { sparsity: 0.5 } ]");
        desk.Done();
        var results = desk.Results();
        var parameters = (long)results["model"]!["parameters"]!;
        var pruned = results["variants"]![2]!;
        Assert.Equal((parameters, 1.0),
            ((long)results["variants"]![1]!["size"]!["non_zeros"]!, (double)results["variants"]![1]!["nonzero_ratio"]!));
        Assert.Equal(Math.Round(parameters * (1 - (double)pruned["sparsity"]!["all_parameters"]!)), (double)pruned["size"]!["non_zeros"]!);
        Assert.Equal((double)pruned["size"]!["non_zeros"]! / parameters, (double)pruned["nonzero_ratio"]!);
        Assert.Contains("parameters left", File.ReadAllText(desk.File("out", "report.html")), StringComparison.Ordinal);
        var other = results["variants"]![1]!;
        Assert.NotEqual((string)results["model"]!["content_hash"]!, (string)other["model"]!["content_hash"]!);
        Assert.Null(results["variants"]![0]!["model"]);
        // Asked in the same tokens: stored once.
        Assert.Equal(["mmlu.jsonl", "perplexity.jsonl"], Names("requests"));

        TinyModel.Write(desk.File("model"), seed: 2);
        Use("[dense]");
        desk.Done("alone");
        Assert.Equal(desk.Results("alone")["variants"]![0]!["tasks"]!["perplexity"]!["metrics"]!.ToJsonString(),
            other["tasks"]!["perplexity"]!["metrics"]!.ToJsonString());
    }

    [Fact]
    public void Run_VariantOfAnotherContextLength_IsAskedForItself()
    {
        TinyModel.Write(desk.File("long"));
        var config = File.ReadAllText(desk.File("long", "config.json"));
        File.WriteAllText(desk.File("long", "config.json"),
            config.Replace($":{TinyModel.ContextLength}", $":{2 * TinyModel.ContextLength}", StringComparison.Ordinal));
        Use("[ dense, { use: dense, name: long, model: { transformers: { path: long } } } ]");
        desk.Done("out", "--only", "*/mmlu");
        Assert.Equal(2, Names("requests").Count());
        Assert.Contains("mmlu.jsonl", Names("requests"));
    }

    [Fact]
    public void Run_VariantThatFails_FailsAloneAndIsTriedAgain()
    {
        TinyModel.Write(desk.File("broken"), poison: float.NaN);
        Use("[ dense, { use: { wanda: { sparsity: 0.5 } }, name: broken, model: { transformers: { path: broken } } }, magnitude: { "
            + "sparsity: 0.5 } ]");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains(result.ErrorLines, line => line.StartsWith($"broken failed: '{desk.File("broken")}' has in the tensor "
            + $"'model.layers.1.mlp.up_proj.weight' values that are not finite numbers", StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
        Assert.Matches("broken +failed", result.Out);
        var variants = desk.Results()["variants"]!.AsArray();
        Assert.Contains("not finite numbers", (string)variants[1]!["error"]!, StringComparison.Ordinal);
        Assert.All([variants[0]!, variants[2]!],
            variant => Assert.Equal(["perplexity", "mmlu"], variant["tasks"]!.AsObject().Select(task => task.Key)));

        var before = RunUnits.Of(desk.File("out"));
        Assert.Equal(1, desk.Run().ExitCode);
        Assert.Equal(0, desk.Run("out", "--only", "dense").ExitCode);
        Assert.Empty(RunUnits.Made(before, desk.File("out")));

        TinyModel.Write(desk.File("broken"));
        desk.Done();
        Assert.Equal(["broken", "broken/mmlu", "broken/perplexity"], RunUnits.Made(before, desk.File("out")));
    }

    [Fact]
    public void Run_TaskThatFails_FailsAlone()
    {
        var result = desk.Run("out", "--set", "tasks[0].perplexity.window=300");
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("dense/perplexity failed: window: 300 tokens are more than the model's context of 240; write `window: 240` or "
            + "less.", result.ErrorLines);
        Assert.All(desk.Results()["variants"]!.AsArray(), variant =>
        {
            Assert.NotNull(variant!["tasks"]!["perplexity"]!["error"]);
            Assert.NotNull(variant["tasks"]!["mmlu"]!["metrics"]);
        });
    }

    [Fact]
    public void Run_ModelThatOverflows_HasNoMetrics()
    {
        TinyModel.Write(desk.File("model"), poison: float.MaxValue);
        Assert.Equal(1, desk.Run("out", "--only", "dense").ExitCode);
        var dense = desk.Results()["variants"]![0]!;
        Assert.StartsWith("The model's outputs are NaN or infinite, first in block ", (string)dense["error"]!, StringComparison.Ordinal);
        Assert.Empty(dense["tasks"]!.AsObject());
    }

    [Fact]
    public void Run_CalibrationTooShort_EndsBeforeAnythingIsComputed()
    {
        var result = desk.Run("out", "--set", "calibration.samples=1000");
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.StartsWith($"calibration: '{desk.File("calibration.txt")}' has ", Assert.Single(result.ErrorLines),
            StringComparison.Ordinal);
        Assert.Empty(RunUnits.Of(desk.File("out")));
        desk.Done("out", "--set", "calibration.samples=1000", "--only", "dense/mmlu");
    }

    [Fact]
    public void Run_CompressedNotKept_AreGoneWhenAllIsDone()
    {
        desk.Done("out", "--set", "keep_compressed=false", "--only", "wanda-0.5/mmlu");
        Assert.Equal(["wanda-0.5"], Names(".llmkick/blocks"));
        desk.Done("out", "--set", "keep_compressed=false", "--only", "wanda-0.5");
        Assert.Empty(Names(".llmkick/blocks"));
    }

    private IEnumerable<string?> Names(string folder) => Directory.GetFileSystemEntries(desk.File("out", folder)).Select(Path.GetFileName)
        .Order(StringComparer.Ordinal);

    private void Use(string variants) => desk.Write("recipe.yaml", $"""
        name: tiny
        model: {"{"} transformers: {"{"} path: model {"}"} {"}"}
        calibration: {"{"} text: calibration.txt, samples: 4, length: 32 {"}"}
        variants: {variants}
        tasks:
          - perplexity: {"{"} text: text.txt, window: 16, limit: 10 {"}"}
          - mmlu: {"{"} path: mmlu, shots: 0, subjects: [anatomy] {"}"}
        """);
}
