using System.Text.RegularExpressions;
using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Recipes;

public sealed partial class ShippedRecipeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public static TheoryData<string> Shipped { get; } = Files("recipes");

    public static TheoryData<string> Development { get; } = Files(Path.Combine("tests", "recipes"));

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Shipped))]
    public void Validate_ShippedRecipe_IsRightWithItsDataInPlace(string file)
    {
        var original = Path.Combine(SharedData.RepositoryRoot, file);
        var text = File.ReadAllText(original);
        foreach (Match path in DataPath().Matches(text))
            Create(folder.File(path.Groups["path"].Value));
        var copy = folder.File(Path.GetFileName(file));
        File.WriteAllText(copy, text);
        // A recipe that brings its own folder is checked where it lies.
        var result = Tool.Run("validate", Directory.Exists(Path.ChangeExtension(original, null)) ? original : copy);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Theory]
    [MemberData(nameof(Development))]
    public void Validate_DevelopmentRecipe_IsRight(string file)
    {
        SharedData.Require("data/README.md");
        var result = Tool.Run("validate", Path.Combine(SharedData.RepositoryRoot, file));
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
    }

    [Fact]
    public void ShippedRecipes_Together_UseEveryComponent()
    {
        var all = string.Concat(Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "recipes"), "*.yaml").Select(File.ReadAllText));
        var list = Tool.Run("list", "--json").Json;
        var names = new[] { "models", "compressors", "tasks" }.SelectMany(kind => list[kind]!.AsArray())
            .Select(component => (string)component!["name"]!);
        Assert.All(names, name => Assert.Matches($@"\b{name}:", all));
    }

    private static void Create(string path)
    {
        if (Path.HasExtension(path))
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        else
            Directory.CreateDirectory(path);
        if (Path.HasExtension(path))
            File.WriteAllText(path, "");
    }

    private static TheoryData<string> Files(string folder) =>
        [.. Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, folder), "*.yaml")
            .Order(StringComparer.Ordinal).Select(file => Path.GetRelativePath(SharedData.RepositoryRoot, file))];

    [GeneratedRegex(@"(text|path|evidence|references|judge_prompts|baseline): (?<path>data/[\w./-]+)")]
    private static partial Regex DataPath();
}
