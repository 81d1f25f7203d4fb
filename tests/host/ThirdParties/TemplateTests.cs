using System.Text.RegularExpressions;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.ThirdParties;

[Collection(ThirdPartyTests.Name)]
public sealed partial class TemplateTests(StrangersMachine machine, TemplateProjects projects) : IClassFixture<TemplateProjects>
{
    [Fact]
    public void New_EveryTemplate_BuildsWithoutAWarning()
    {
        Assert.Contains("0 Warning(s)", projects.BuildOutput, StringComparison.Ordinal);
        Assert.DoesNotContain("Recipes were not validated", projects.BuildOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_EveryTemplate_PassesItsTests()
    {
        var output = await machine.ExpectAsync(projects.Folder, "dotnet test All.slnx --no-build");

        Assert.Equal(4, PassedTests().Count(output));
    }

    [Theory]
    [InlineData("Contoso.Method", "contoso-method", "contoso-method-0.5", true)]
    [InlineData("contoso-pairs", "contoso-pairs", "accuracy/agreement", true)]
    [InlineData("Bigrams", "bigrams", "perplexity", false)]
    [InlineData("Plain", "plain", "magnitude-0.3", true)]
    public async Task Run_RecipeOfATemplate_MeasuresAtOnce(string name, string component, string shown, bool needsModel)
    {
        Assert.SkipWhen(needsModel && !StrangersMachine.HasQuickstartModel, "The quickstart's model is not in recipes/quickstart/model.");

        var output = await machine.ExpectAsync(Path.Combine(projects.Folder, name),
            $"llmkick run recipes/{component}.yaml --plugins plugin/bin/Debug/net10.0 --json");

        Assert.Contains($"\"{shown}\"", output, StringComparison.Ordinal);
        var report = Directory.GetFiles(Path.Combine(projects.Folder, name), "report.html", SearchOption.AllDirectories);
        Assert.Equal(name == "Contoso.Method", File.ReadAllText(report[0]).Contains("Change by block", StringComparison.Ordinal));
    }

    [Fact]
    public async Task RunRecipes_OfAProject_LeavesResultsInItsFolder()
    {
        await machine.ExpectAsync(Path.Combine(projects.Folder, "Bigrams"), "dotnet build plugin -t:RunRecipes --no-restore");

        Assert.True(File.Exists(Path.Combine(projects.Folder, "Bigrams", "plugin", "artifacts", "runs", "bigrams", "results.json")));
    }

    /// <summary>The packages that templates name are those that this repository is built and tested with.</summary>
    [Fact]
    public void Templates_Versions_AreOurs()
    {
        var ours = Version().Matches(File.ReadAllText(Path.Combine(SharedData.RepositoryRoot, "Directory.Packages.props")))
            .ToDictionary(match => match.Groups["name"].Value, match => match.Groups["version"].Value);
        ours["LlmKick.Sdk"] = ours["LlmKick.Sdk.Testing"] = $"{LlmKick.Plugins.SharedAssemblies.SdkVersion}.0";

        var theirs = Directory.GetFiles(Path.Combine(SharedData.RepositoryRoot, "sdk", "templates"), "*.csproj",
            SearchOption.AllDirectories)
            .Append(Path.Combine(SharedData.RepositoryRoot, "sdk", "GUIDE.md"))
            .SelectMany(file => Version().Matches(File.ReadAllText(file)));

        Assert.All(theirs, match => Assert.Equal(ours[match.Groups["name"].Value], match.Groups["version"].Value));
        Assert.NotEmpty(theirs);
    }

    [GeneratedRegex(@"^Passed! +- Failed: +0, Passed: +[1-9]", RegexOptions.Multiline)]
    private static partial Regex PassedTests();

    [GeneratedRegex("""<Package(Version|Reference) Include="(?<name>[^"]+)" Version="(?<version>[^"]+)" """)]
    private static partial Regex Version();
}
