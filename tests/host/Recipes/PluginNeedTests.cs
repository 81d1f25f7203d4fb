using System.Text.Json.Nodes;
using LlmKick.Recipes;

namespace LlmKick.Tests.Recipes;

public sealed class PluginNeedTests : IDisposable
{
    private const string Rest = "model: { transformers: { path: model.gguf } }\nvariants: [dense]\ntasks: [nothing]\nplugins:\n";

    private readonly RecipeDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("- { package: Contoso.Method }")]
    [InlineData("- { package: Contoso.Method, version: \"1.2\" }")]
    [InlineData("- { package: Contoso.Method, version: 1.2.0 }")]
    [InlineData("- { package: contoso.method, version: \"[1.0, 2.0)\" }")]
    [InlineData("- { package: Contoso.Method, version: 1.* }")]
    public void Read_InstalledPlugin_IsRight(string entry)
    {
        Assert.Empty(Problems(entry));
        Assert.True(new SchemaCheck(RecipeSchema.Create(TestCatalog.Working)).Fits(YamlJson.Read(Rest + entry)));
    }

    [Theory]
    [InlineData("- { package: Contoso.Other }", "5:3: plugins: Contoso.Other is not installed: run 'llmkick plugin add Contoso.Other'.")]
    [InlineData("- { package: Contoso.Other, version: \"1.2\" }",
        "5:3: plugins: Contoso.Other 1.2 is not installed: run 'llmkick plugin add Contoso.Other --version 1.2'.")]
    [InlineData("- { package: Contoso.Method, version: 1.3 }", "5:3: plugins: Contoso.Method 1.2.0 is installed, and this recipe needs "
        + "1.3: run 'llmkick plugin add Contoso.Method --version 1.3'.")]
    [InlineData("- { package: Contoso.Method, version: \"[1.3,2.0)\" }", "5:3: plugins: Contoso.Method 1.2.0 is installed, and this "
        + "recipe needs [1.3,2.0): run 'llmkick plugin add Contoso.Method --version '[1.3,2.0)''.")]
    [InlineData("- { package: Contoso.Method, version: newest }",
        "5:39: version: 'newest' cannot be read: write a version, such as 1.2, or a range in NuGet's notation, such as '[1.2, 2.0)'.")]
    [InlineData("- { version: \"1.2\" }",
        "5:3: plugins: 'package' is missing: give it (The plugin's package, as 'llmkick plugin add' names it).")]
    [InlineData("- { pakage: Contoso.Method, package: Contoso.Method }",
        "5:5: plugins: 'pakage' is not known here; did you mean 'package'? Known: package, version.")]
    public void Read_MissingOrWrongPlugin_SaysWhereAndWhatToDo(string entry, string problem) => Assert.Equal([problem], Problems(entry));

    [Fact]
    public void Read_FoldersBesidePackages_AreLoaded()
    {
        Directory.CreateDirectory(System.IO.Path.Combine(desk.Folder, "mine"));
        IReadOnlyList<string> folders = [];
        File.WriteAllText(desk.Path, Rest + "- { package: Contoso.Method }\n- mine");
        RecipeDesk.Right(RecipeReader.Read(desk.Path, [], asked => { folders = asked; return TestCatalog.Working; }, Installed));
        Assert.Equal([System.IO.Path.Combine(desk.Folder, "mine")], folders);
    }

    [Theory]
    [InlineData("- { package: 3 }")]
    [InlineData("- { version: \"1.2\" }")]
    [InlineData("- { package: A, more: 1 }")]
    [InlineData("- 3")]
    public void Schema_WrongEntry_DoesNotFit(string entry) =>
        Assert.False(new SchemaCheck(RecipeSchema.Create(TestCatalog.Working)).Fits(YamlJson.Read(Rest + entry)));

    private IEnumerable<string> Problems(string entry)
    {
        File.WriteAllText(desk.Path, Rest + entry);
        return RecipeDesk.Texts(RecipeReader.Read(desk.Path, [], _ => TestCatalog.Working, Installed));
    }

    private static string? Installed(string package) => package.Equals("Contoso.Method", StringComparison.OrdinalIgnoreCase)
        ? "1.2.0" : null;
}
