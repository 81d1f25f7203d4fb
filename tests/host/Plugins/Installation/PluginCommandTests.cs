namespace LlmKick.Tests.Plugins.Installation;

/// <summary>The verbs, as users type them.</summary>
public sealed class PluginCommandTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private readonly InstallationDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Plugin_AddListUpdateRemove_DoWhatTheySay()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"));
        var added = desk.Run("plugin", "add", Id, "--source", desk.Feed);
        Assert.Equal((0, $"Contoso.Method 1.0.0 is installed, from '{desk.Feed}'.\n", ""), (added.ExitCode, added.Out, added.Error));
        Assert.Contains("Contoso.Method 1.0.0 is installed already.", desk.Run("plugin", "add", Id, "--source", desk.Feed).Out,
            StringComparison.Ordinal);
        var loaded = desk.Run("list", "--json").Json;
        Assert.Contains(loaded["compressors"]!.AsArray(), compressor => (string)compressor!["name"]! == "contoso");

        desk.Offer(TestPackage.Plugin(Id, "1.1.0"), TestPackage.Plugin(Id, "3.0.0", "[3.0, 4.0)"));
        Assert.Equal("1.1.0", (string?)desk.Run("plugin", "list", "--outdated", "--source", desk.Feed, "--json")
            .Json["plugins"]![0]!["newer"]);
        Assert.Contains("Contoso.Method 1.1.0 is installed instead of 1.0.0", desk.Run("plugin", "update").Out, StringComparison.Ordinal);
        Assert.Contains("Contoso.Method 1.1.0 is the newest that fits.", desk.Run("plugin", "update", "contoso.method").Out,
            StringComparison.Ordinal);

        File.AppendAllText(Path.Combine(desk.Plugins, Id, "about.txt"), "more");
        var row = desk.Run("plugin", "list", "--json").Json["plugins"]![0]!;
        Assert.Equal((Id, "1.1.0", desk.Feed, false, "about.txt is changed"),
            ((string?)row["package"], (string?)row["version"], (string?)row["source"], (bool)row["intact"]!, (string?)row["faults"]![0]));

        Assert.Contains("is removed", desk.Run("plugin", "remove", Id).Out, StringComparison.Ordinal);
        Assert.Equal(["plugins.lock.json"], desk.Contents().Keys);
    }

    [Theory]
    [InlineData(1, "Contoso.Method is not installed. Installed: nothing.", "plugin", "remove", Id)]
    [InlineData(1, "Contoso.Method is not installed. Installed: nothing.", "plugin", "update", Id)]
    [InlineData(1, "is not there. Name a folder with packages, or the address of a feed.", "plugin", "add", Id, "--source",
        "/nowhere/at/all")]
    [InlineData(1, "is not encrypted", "plugin", "add", Id, "--source", "http://feeds.example.org/v3/index.json")]
    [InlineData(2, "--version: 'newest' cannot be read", "plugin", "add", Id, "--version", "newest")]
    [InlineData(2, "Run 'llmkick plugin add --help'", "plugin", "add")]
    [InlineData(2, "'ad': did you mean 'add'?", "plugin", "ad", Id)]
    public void Plugin_WrongCommand_SaysWhatToDo(int exitCode, string message, params string[] arguments)
    {
        var result = desk.Run(arguments);
        Assert.Equal(exitCode, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
        Assert.Single(result.ErrorLines, line => line.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void Add_TwoAtOnce_BothAreInstalled()
    {
        string[] ids = ["Contoso.One", "Contoso.Two", "Contoso.Three"];
        desk.Offer([.. ids.Select(id => TestPackage.Plugin(id, "1.0.0"))]);

        var results = ids.AsParallel().Select(id => desk.Run("plugin", "add", id, "--source", desk.Feed)).ToList();

        Assert.All(results, result => Assert.Equal((0, ""), (result.ExitCode, result.Error)));
        Assert.Equal(ids.Select(id => id + " 1.0.0").Order(StringComparer.Ordinal), desk.Installed().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_MissingPlugin_NamesTheCommandThatInstallsIt()
    {
        var recipe = desk.File("recipe.yaml");
        File.WriteAllText(recipe, "plugins: [{ package: Contoso.Method, version: \"1.1\" }]\nmodel: { transformers: { path: . } "
            + "}\nvariants: [dense]\ntasks: [perplexity: { text: recipe.yaml }]\n");
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"), TestPackage.Plugin(Id, "1.1.0"));

        foreach (var verb in (string[])["validate", "run", "plan"])
        {
            var missing = desk.Run(verb, recipe);
            Assert.Equal((2, $"{recipe}:1:11: plugins: Contoso.Method 1.1 is not installed: run 'llmkick plugin add Contoso.Method "
                + $"--version 1.1'."), (missing.ExitCode, missing.ErrorLines[0]));
        }
        desk.Run("plugin", "add", Id, "--version", "1.0", "--source", desk.Feed);
        Assert.Contains("Contoso.Method 1.0.0 is installed, and this recipe needs 1.1", desk.Run("validate", recipe).Error,
            StringComparison.Ordinal);
        desk.Run("plugin", "add", Id, "--version", "1.1", "--source", desk.Feed);
        Assert.Equal((0, ""), (desk.Run("validate", recipe).ExitCode, desk.Run("validate", recipe).Error));
    }

    [Fact]
    public void Add_WithoutSource_AsksTheFeedsOfNuGetConfig()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"));
        File.WriteAllText(desk.File("NuGet.config"),
            $"<configuration><packageSources><clear/><add key=\"own\" value=\"{desk.Feed}\"/></packageSources></configuration>");
        var result = desk.RunIn(desk.File(), "plugin", "add", Id);
        Assert.Equal((0, $"Contoso.Method 1.0.0 is installed, from '{desk.Feed}'.\n"), (result.ExitCode, result.Out));
    }
}
