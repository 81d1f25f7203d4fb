using LlmKick.Plugins;
using LlmKick.Recipes;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Recipes;

/// <summary>Writes a recipe into a folder of its own and reads it.</summary>
internal sealed class RecipeDesk : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public RecipeDesk()
    {
        File.WriteAllText(folder.File("model.gguf"), "");
        File.WriteAllText(folder.File("text.txt"), "");
        File.WriteAllText(folder.File("other.txt"), "");
    }

    public string Folder => folder.Path;

    public string Path => folder.File("recipe.yaml");

    public PluginCatalog Catalog { get; init; } = TestCatalog.Working;

    /// <summary>Reads a recipe text.</summary>
    public RecipeResult Read(string yaml, params string[] overrides)
    {
        File.WriteAllText(Path, yaml);
        return RecipeReader.Read(Path, overrides, _ => Catalog);
    }

    /// <summary>Reads a recipe with the given entries of variants, which must be right.</summary>
    public Recipe Variants(string entries, string calibration = "calibration: { text: text.txt }") =>
        Right(Read(WithVariants(entries, calibration)));

    /// <summary>Reads a recipe with the given entries of tasks, which must be right.</summary>
    public Recipe Tasks(string entries) => Right(Read(WithTasks(entries)));

    /// <summary>Line, column and message of each problem.</summary>
    public static IEnumerable<string> Texts(RecipeResult result) =>
        result.Problems.Select(problem => $"{problem.Line}:{problem.Column}: {problem.Message}");

    public static string WithVariants(string entries, string calibration = "calibration: { text: text.txt }") => $"""
        model: {"{"} transformers: {"{"} path: model.gguf {"}"} {"}"}
        {calibration}
        tasks: [nothing]
        variants:
        {entries}
        """;

    public static string WithTasks(string entries) => $"""
        model: {"{"} transformers: {"{"} path: model.gguf {"}"} {"}"}
        variants: [dense]
        tasks:
        {entries}
        """;

    public static Recipe Right(RecipeResult result)
    {
        Assert.Empty(result.Problems);
        return result.Recipe!;
    }

    public void Dispose() => folder.Dispose();
}
