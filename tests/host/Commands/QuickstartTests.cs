namespace LlmKick.Tests.Commands;

/// <summary>What comes with the tool: <c>llmkick run</c> without a recipe, on the model that knows a made-up world.</summary>
public sealed class QuickstartTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Run_NoRecipe_AsksTheDenseModelWhatItKnows()
    {
        var tasks = Tool.Run("run", "--only", "dense", "--output", folder.File("out"), "--json").Json["variants"]![0]!["tasks"]!;
        double Value(string task, string metric) => (double)tasks[task]!["metrics"]![metric]!["value"]!;
        Assert.InRange(Value("closed-book", "exact_match"), 0.9, 1);
        Assert.InRange(Value("open-book", "exact_match"), 0.9, 1);
        Assert.InRange(Value("choice", "accuracy"), 0.85, 1);
        Assert.InRange(Value("perplexity", "perplexity"), 1, 4);
    }

    [Fact]
    public void Run_TwoSparsities_EndsWithTableCurvesAndTwoSentences()
    {
        var result = Tool.Run("run", "--set", "variants=[dense, magnitude: { sparsity: [0.3, 0.7] }]", "--output", folder.File("out"));
        Assert.Equal(0, result.ExitCode);
        var parts = result.Out.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["variant", "dense", "magnitude-0.3", "magnitude-0.7"], parts[0].Split('\n').Select(line => line.Split(' ')[0]));
        Assert.All(["perplexity, times dense", "closed-book", "open-book", "choice", "m magnitude"],
            title => Assert.Contains(title, parts[1], StringComparison.Ordinal));
        Assert.Equal(4, parts.Length);
        Assert.All(parts[2..], sentence => Assert.EndsWith(".", sentence.TrimEnd(), StringComparison.Ordinal));
    }

    [Fact]
    public void Plan_NoRecipe_IsOfTheQuickstart() =>
        Assert.Contains("sparsegpt-2of4", Tool.Run("plan", "--output", folder.File("out")).Out, StringComparison.Ordinal);
}
