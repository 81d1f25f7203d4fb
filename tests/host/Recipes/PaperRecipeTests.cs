using LlmKick.Tests.Commands;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Recipes;

/// <summary>Each of the paper's studies runs, shortened and on a tiny model, and tells what it is for.</summary>
public sealed class PaperRecipeTests : IDisposable
{
    private const string Short =
        "calibration.samples=2 calibration.length=32 calibration.text=calibration.txt model.transformers.path=model";
    private const string Mmlu = "tasks.mmlu.path=mmlu tasks.mmlu.subjects=[anatomy,sociology]";

    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void SparsityGrid_EveryPatternIsHalfEmpty()
    {
        Run("paper-sparsity-grid", "*-?of?", $"{Short} {Mmlu} tasks.perplexity.text=text.txt tasks.perplexity.window=16 "
            + $"tasks.perplexity.limit=4 tasks.freebaseqa.path=facts.txt tasks.mmlu.shots=1");
        var pruned = desk.Results()["variants"]!.AsArray();
        Assert.Equal(9, pruned.Count);
        Assert.All(pruned, variant => Assert.Equal(0.5, (double)variant!["sparsity"]!["pruned_matrices"]!, 1e-9));
    }

    [Fact]
    public void SmallDense_LeftParametersAreCounted()
    {
        TinyModel.Write(desk.File("small"), seed: 2);
        Run("paper-small-dense", "*", $"{Short} {Mmlu} variants[1].model.transformers.path=small tasks.mmlu.shots=1");
        var variants = desk.Results()["variants"]!.AsArray();
        Assert.Equal(["dense", "small", "magnitude-0.56", "wanda-0.56", "sparsegpt-0.56"],
            variants.Select(variant => (string)variant!["name"]!));
        Assert.Equal(1, (double)variants[1]!["nonzero_ratio"]!);
        Assert.All(variants.Skip(2), variant => Assert.InRange((double)variant!["nonzero_ratio"]!, 0.3, 0.95));
    }

    [Fact]
    public void CalibrationSize_EachSizeIsAVariant()
    {
        Run("paper-calibration-size", "*-0.5-samples1", $"{Short} {Mmlu}");
        Assert.Equal(["wanda-0.5-samples1", "sparsegpt-0.5-samples1"],
            desk.Results()["variants"]!.AsArray().Select(variant => (string)variant!["name"]!));
        Assert.All(desk.Results()["variants"]!.AsArray(),
            variant => Assert.Equal(1, (int)variant!["calibration"]!["options"]!["samples"]!));
    }

    [Fact]
    public void CalibrationSource_SpreadOverDrawsStandsBeside()
    {
        desk.Write("other.txt", RunDesk.Words(3, 600));
        Run("paper-calibration-source", "sparsegpt-*", $"{Short} {Mmlu} variants[2].calibration.text=other.txt "
            + $"variants[4].calibration.text=other.txt tasks.perplexity.text=text.txt tasks.perplexity.window=16 tasks.perplexity.limit=4");
        var spreads = desk.Results()["spreads"]!.AsArray().Where(spread => (string)spread!["metric"]! == "perplexity").ToList();
        Assert.Equal(["sparsegpt-web", "sparsegpt-wikipedia"], spreads.Select(spread => (string)spread!["variant"]!));
        Assert.All(spreads, spread => Assert.True((int)spread!["seeds"]! == 3 && (double)spread["deviation"]! > 0, spread.ToJsonString()));
    }

    [Fact]
    public void Shots_EachNumberIsATask()
    {
        Run("paper-shots", "wanda-0.5", $"{Short} {Mmlu} tasks.mmlu.shots=[0,1]");
        Assert.Equal(["mmlu-shots0", "mmlu-shots1"], desk.Results()["variants"]![0]!["tasks"]!.AsObject().Select(task => task.Key));
    }

    [Fact]
    public void Categories_MetricsComeForEach()
    {
        Run("paper-categories", "*-0.4", $"{Short} {Mmlu} tasks.mmlu.shots=1");
        var metrics = desk.Results()["variants"]![0]!["tasks"]!["mmlu"]!["metrics"]!.AsObject().Select(metric => metric.Key).ToList();
        Assert.Superset(new HashSet<string> { "accuracy.strict", "accuracy.strict/other", "accuracy.strict/social_sciences" },
            metrics.ToHashSet());
    }

    [Fact]
    public void StoryLength_MetricsComeForEachLength()
    {
        desk.Write("stories.jsonl", string.Concat(Enumerable.Range(0, 2).Select(i => $$"""{"question_id": {{i}}, "text": "Sum up.\n\nIt rained {{i}} times.@highlightIt rained", "category": "{{(i == 0 ? "small" : "large")}}"}""" + "\n")));
        Run("paper-story-length", "wanda-2of4",
            $"{Short} tasks[0].use.summarization.path=stories.jsonl tasks[1].use.summarization.path=stories.jsonl "
            + $"tasks[0].use.summarization.max_new_tokens=8 tasks[1].use.summarization.max_new_tokens=8");
        var tasks = desk.Results()["variants"]![0]!["tasks"]!;
        Assert.All(["as-the-paper", "without-the-answer"], name => Assert.Equal(["small", "large"],
            new[] { "small", "large" }.Where(length => tasks[name]!["metrics"]!["rouge1/" + length] is not null)));
    }

    /// <summary>Runs a recipe with the desk's model and data.</summary>
    private void Run(string recipe, string variants, string overrides)
    {
        desk.Write("mmlu/dev/sociology_dev.csv", "d1,a,b,c,d,A\n");
        desk.Write("mmlu/test/sociology_test.csv", "q1,1,2,3,4,B\nq2,1,2,3,4,C\n");
        desk.Write("facts.txt", "Who? | cher\nWhat? | this\n");
        desk.Write($"{recipe}.yaml", File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "recipes", $"{recipe}.yaml")));
        string[] settings = [.. overrides.Split(' ').SelectMany(one => new[] { "--set", Local(one) })];
        var result = Tool.Run(desk.Environment,
            ["run", desk.File($"{recipe}.yaml"), "--output", desk.File("out"), "--only", variants, .. settings]);
        Assert.True(result.ExitCode == 0, result.Error);
    }

    /// <summary>Overrides are relative to the current folder, so that files of the desk are named whole.</summary>
    private string Local(string setting)
    {
        var (key, value) = (setting[..setting.IndexOf('=', StringComparison.Ordinal)],
            setting[(setting.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        return key.EndsWith("path", StringComparison.Ordinal)
            || key.EndsWith("text", StringComparison.Ordinal) ? $"{key}={desk.File(value)}" : setting;
    }
}
