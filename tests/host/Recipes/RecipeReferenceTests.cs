using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Recipes;

/// <summary>Printed numbers that a recipe has told beside its own.</summary>
public sealed class RecipeReferenceTests : IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        variants: [ dense, magnitude: { sparsity: 0.5 } ]
        tasks:
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy, virology] }
        references:

        """;

    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_References_StandBesideWhatWasMeasured()
    {
        desk.Write("recipe.yaml", Recipe + """
              - { variant: dense, task: mmlu, value: 5, source: table 3 }
              - { variant: magnitude-0.5, task: mmlu, metric: format_failure/anatomy, value: 0.5 }
              - { variant: dense, task: mmlu, metric: accuracy.strict/nothing, value: 0.5 }
            """);
        desk.Done();
        var (told, dense) = (desk.Results()["references"]!.AsArray(), desk.Results()["variants"]![0]!["tasks"]!["mmlu"]!["metrics"]!);
        Assert.Equal(3, told.Count);
        Assert.Equal(("dense", "accuracy.strict", 5.0, "table 3", false), ((string)told[0]!["variant"]!, (string)told[0]!["metric"]!,
            (double)told[0]!["printed"]!, (string)told[0]!["source"]!, (bool)told[0]!["holds"]!));
        foreach (var key in new[] { "value", "low", "high" })
            Assert.Equal((double)dense["accuracy.strict"]![key]!, (double)told[0]![key]!);
        var other = told[1]!;
        Assert.Equal((double)other["low"]! <= 0.5 && 0.5 <= (double)other["high"]!, (bool)other["holds"]!);
        Assert.Null(told[2]!["holds"]);
        var page = File.ReadAllText(desk.File("out", "report.html"));
        Assert.Contains(" of 2.", page, StringComparison.Ordinal);
        Assert.Contains("not measured", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- { variant: danse, task: mmlu, value: 1 }",
        "there is no variant 'danse'; did you mean 'dense'? There are: dense, magnitude-0.5.")]
    [InlineData("- { variant: dense, task: mlu, value: 1 }", "there is no task 'mlu'; did you mean 'mmlu'? There are: mmlu.")]
    [InlineData("- { variant: dense, task: mmlu, metric: perplexity, value: 1 }",
        "there is no metric 'perplexity'. There are: accuracy.strict, ")]
    [InlineData("- { variant: dense, task: mmlu }", "value")]
    [InlineData("  dense: 1", "is not a list: write one with an item for each printed number")]
    public void Validate_WrongReference_IsToldByItsLine(string line, string told)
    {
        desk.Write("recipe.yaml", Recipe + "  " + line + "\n");
        var result = Commands.Tool.Run(desk.Environment, "validate", desk.File("recipe.yaml"));
        Assert.NotEqual(0, result.ExitCode);
        Assert.Contains("recipe.yaml:7:", result.Error, StringComparison.Ordinal);
        Assert.Contains(told, result.Error.ReplaceLineEndings(" "), StringComparison.Ordinal);
    }

    [Fact]
    public void Validate_TaskThatIsWrongItself_IsToldOnce()
    {
        desk.Write("recipe.yaml", Recipe.Replace("path: mmlu,", "path: none,", StringComparison.Ordinal)
            .Replace("tasks:", "tasks:\n  - perplexity: { text: text.txt }", StringComparison.Ordinal)
            + "  - { variant: dense, task: mmlu, value: 1 }\n");
        desk.Write("text.txt", "a");
        var result = Commands.Tool.Run(desk.Environment, "validate", desk.File("recipe.yaml"));
        Assert.Contains("none", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("references", result.Error, StringComparison.Ordinal);
    }
}
