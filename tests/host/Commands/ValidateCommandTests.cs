using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Commands;

public sealed class ValidateCommandTests : IDisposable
{
    private const string Wrong = """
        model: { transformers: { path: org/model } }
        variants:
          - wanda: { sparcity: 0.5 }
        tasks:
          - mmlu: { path: gone }
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Validate_WrongRecipe_ExitsWith2AndLinesOnStderr()
    {
        var recipe = Write(Wrong);
        var result = Tool.Run("validate", recipe);
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Equal(
            [
                $"{recipe}:3:14: wanda: 'sparcity' is not known here; did you mean 'sparsity'? Known: sparsity, pattern.",
                $"{recipe}:5:19: path: 'gone' does not exist: put the folder at '{folder.File("gone")}', or name another. "
                    + "Data sets by name are mmlu.",
            ],
            result.ErrorLines);
    }

    [Fact]
    public void Validate_WrongRecipeForMsBuild_WritesCanonicalErrors()
    {
        var recipe = Write(Wrong);
        var result = Tool.Run("validate", recipe, "--msbuild");
        Assert.Equal((2, ""), (result.ExitCode, result.Out));
        Assert.Equal([$"{recipe}(3,14): error LLMKICK001", $"{recipe}(5,19): error LLMKICK001"], result.ErrorLines.Select(line =>
            line[..line.IndexOf(": ", line.IndexOf("error", StringComparison.Ordinal), StringComparison.Ordinal)]));
    }

    [Fact]
    public void Validate_PathOfTheTool_IsFoundFromAnyFolder()
    {
        var result = Tool.Run("validate", Write("""
            model: { transformers: { path: llmkick:quickstart/model } }
            variants: [dense]
            tasks: [perplexity: { text: llmkick:quickstart/text.txt }]
            """));
        Assert.True(result.ExitCode == 0, result.Error);
    }

    [Fact]
    public void Validate_WrongRecipeWithJson_ListsProblems()
    {
        var result = Tool.Run("validate", Write(Wrong), "--json");
        Assert.Equal(2, result.ExitCode);
        Assert.False((bool)result.Json["valid"]!);
        Assert.Equal([3, 5], result.Json["problems"]!.AsArray().Select(problem => (int)problem!["line"]!));
    }

    [Fact]
    public void Validate_Overrides_AreReadInOrder()
    {
        var result = Tool.Run("validate", Write(Wrong), "--set", "variants[0]=dense", "--set", "tasks[0].mmlu.path=.", "--set",
            "tasks[0].mmlu.path=" + folder.Path, "--json");
        Assert.Equal((0, folder.Path), (result.ExitCode, (string)result.Json["recipe"]!["tasks"]![0]!["use"]!["mmlu"]!["path"]!));
    }

    [Fact]
    public void Validate_Recipe_DoesNotLoadLibTorch()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs the loader's trace");
        var recipe = Write(Wrong.Replace("sparcity", "sparsity", StringComparison.Ordinal)
            .Replace("path: gone", "path: .", StringComparison.Ordinal)
            + $"\ncalibration: {{ text: '{typeof(ValidateCommandTests).Assembly.Location}' }}");
        var result = Tool.Run(new Dictionary<string, string> { ["LD_DEBUG"] = "files" }, "validate", recipe);
        Assert.Equal(0, result.ExitCode);
        Assert.Contains("libcoreclr", result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("torch", result.Error, StringComparison.OrdinalIgnoreCase);
    }

    private string Write(string yaml)
    {
        var path = folder.File("recipe.yaml");
        File.WriteAllText(path, yaml);
        return path;
    }
}
