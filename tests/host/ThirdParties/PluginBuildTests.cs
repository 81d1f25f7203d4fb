using System.IO.Compression;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace LlmKick.Tests.ThirdParties;

/// <summary>What comes with a reference to the package LlmKick.Sdk.</summary>
[Collection(ThirdPartyTests.Name)]
public sealed class PluginBuildTests(StrangersMachine machine, PluginProject project) : IClassFixture<PluginProject>
{
    private const string Right = """
        model: { transformers: { path: llmkick:quickstart/model } }
        variants:
          - stranger
        tasks: [perplexity: { text: llmkick:quickstart/text.txt }]
        """;

    private static readonly string Wrong = Right.Replace("- stranger", "- strangler", StringComparison.Ordinal);

    [Fact]
    public async Task List_BuiltPlugin_IsUsableAndHasNoSecondCopies()
    {
        var built = Path.Combine(project.Folder, "bin", "Debug", "net10.0");
        var list = JsonNode.Parse((await machine.RunAsync(project.Folder, $"llmkick list --json --plugins '{built}'")).Output)!;
        var plugin = Assert.Single(list["plugins"]!.AsArray(), plugin => (string?)plugin!["name"] == PluginProject.Name)!;
        Assert.True((bool)plugin["usable"]!, (string?)plugin["problem"]);
        Assert.Equal(LlmKick.Plugins.SharedAssemblies.SdkVersion.ToString(), (string?)plugin["sdk_version"]);
        Assert.Contains(list["compressors"]!.AsArray(), compressor => (string?)compressor!["name"] == "stranger");
        Assert.Equal(PluginProject.Files, Directory.GetFileSystemEntries(built).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Build_RecipesWithMistakes_ShowsEachAtFileLineAndColumn()
    {
        project.Write(("a.yaml", Wrong), ("b.yaml", Right), ("c.yaml", Wrong));
        var build = await project.BuildAsync();
        Assert.Equal(1, build.ExitCode);
        foreach (var name in (string[])["a.yaml", "c.yaml"])
            Assert.Contains($"{Path.Combine(project.Folder, "recipes", name)}(3,5): error LLMKICK001: 'strangler'", build.Output,
                StringComparison.Ordinal);
        Assert.Contains("2 Error(s)", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_NumberThatNothingHolds_IsRefused()
    {
        var file = Path.Combine(project.Folder, "Unheld.cs");
        File.WriteAllText(file, """
            internal static class Unheld
            {
                public static void Clamp(TorchSharp.torch.Tensor tensor) => tensor.clamp_min_(1e-5);
            }
            """);
        var build = await project.BuildAsync();
        File.Delete(file);
        Assert.Contains("Unheld.cs(3,83): error RS0030", build.Output, StringComparison.Ordinal);
        Assert.Contains("Use Number.Of(x)", build.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_RightRecipe_IsValidatedUntilItChanges()
    {
        project.Write(("right.yaml", Right));
        Assert.Equal(0, (await project.BuildAsync()).ExitCode);

        Assert.Equal(0, (await project.BuildAsync("-p:LlmKickTool=false -p:LlmKickValidateRecipes=true")).ExitCode);

        project.Write(("right.yaml", Wrong));
        Assert.Contains("right.yaml(3,5): error LLMKICK001", (await project.BuildAsync()).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Build_ToolMissing_SaysHowToInstallIt()
    {
        project.Write(("missing.yaml", Wrong));
        const string Advice = "'no-llmkick' does not run. Install it with 'dotnet tool install --global LlmKick'";

        var build = await project.BuildAsync("-p:LlmKickTool=no-llmkick");
        var asked = await project.BuildAsync("-p:LlmKickTool=no-llmkick -p:LlmKickValidateRecipes=true");

        Assert.True(build.ExitCode == 0 && build.Output.Contains($"Recipes were not validated: {Advice}", StringComparison.Ordinal),
            build.Output);
        Assert.Contains("0 Warning(s)", build.Output, StringComparison.Ordinal);
        Assert.True(asked.ExitCode == 1
            && asked.Output.Contains($"error LLMKICK002: Recipes cannot be validated: {Advice}", StringComparison.Ordinal), asked.Output);
    }

    [Fact]
    public async Task Pack_Plugin_HoldsItsFolderAndDependsOnTheSdkAlone()
    {
        project.Write();
        var output = await machine.ExpectAsync(project.Folder, "dotnet pack -o packages");
        Assert.DoesNotContain("warn", output, StringComparison.OrdinalIgnoreCase);
        using var package = ZipFile.OpenRead(Path.Combine(project.Folder, "packages", "Stranger.1.2.3.nupkg"));
        var files = package.Entries.Select(entry => entry.FullName).ToList();
        Assert.Equal(PluginProject.Files.Select(name => $"plugin/net10.0/{name}"),
            files.Where(name => name.StartsWith("plugin/", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.Contains("README.md", files);
        Assert.DoesNotContain(files, name => name.StartsWith("lib/", StringComparison.Ordinal)
            || name.StartsWith("content", StringComparison.Ordinal));

        var nuspec = XDocument.Load(package.GetEntry("Stranger.nuspec")!.Open());
        string[] Values(string element, string attribute) =>
            [.. nuspec.Descendants().Where(node => node.Name.LocalName == element).Select(node => (string)node.Attribute(attribute)!)];
        Assert.Equal(["LlmKickPlugin"], Values("packageType", "name"));
        Assert.Equal(["LlmKick.Sdk"], Values("dependency", "id"));
        Assert.Equal(["[1.0.0, 2.0.0)"], Values("dependency", "version"));
        Assert.Equal("One & \"two\"; three", nuspec.Descendants().Single(node => node.Name.LocalName == "description").Value);
    }
}
