using LlmKick.Tests.Commands;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Runs;

/// <summary>Plugins that lie in a folder of the recipe alone.</summary>
public sealed class RunPluginTests : IDisposable
{
    private const string Told = "A section of the recipe's own plugin.";

    private readonly TemporaryFolder plugins = new();
    private readonly RunDesk desk;

    public RunPluginTests()
    {
        TestPlugin.Build(plugins, "Teller", TestPlugin.Entry("registry.AddReportSection(\"teller\", \"Tells.\", run => "
            + $"new LlmKick.Sdk.Reports.ReportSection(\"Teller\", \"{Told}\", []));"));
        desk = new RunDesk($$"""
            name: told
            plugins: [ '{{plugins.Path}}' ]
            model: { transformers: { path: model } }
            variants: [ dense ]
            tasks: [ { perplexity: { text: text.txt, window: 16, limit: 2 } } ]
            """);
    }

    [Fact]
    public void Report_RunWithAPluginOfItsRecipe_HasItsSectionOrSaysThatItIsMissing()
    {
        desk.Done();
        Assert.Contains(Told, Page(), StringComparison.Ordinal);
        Assert.DoesNotContain("plugin", Report().Error, StringComparison.Ordinal);
        Assert.Contains(Told, Page(), StringComparison.Ordinal);

        Directory.Delete(plugins.File("Teller"), recursive: true);
        Assert.Equal($"The plugin folder '{plugins.Path}', with which the run was made, is not there or holds no plugin: what it adds to "
            + "reports is missing. Say where it is now with --plugins.", Report().ErrorLines[0]);
        Assert.DoesNotContain(Told, Page(), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_PartsOfARunWithAPluginOfItsRecipe_HaveItsSection()
    {
        string[] parts = ["part1", "part2"];
        for (var i = 0; i < parts.Length; i++)
            desk.Done(parts[i], "--shard", $"{i + 1}/2");
        var result = Tool.Run(desk.Environment, ["report", .. parts.Select(part => desk.File(part)), "--output", desk.File("out")]);
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Contains(Told, Page(), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        desk.Dispose();
        plugins.Dispose();
    }

    private ToolResult Report()
    {
        var result = Tool.Run(desk.Environment, ["report", desk.File("out")]);
        Assert.True(result.ExitCode == 0, result.Error);
        return result;
    }

    private string Page() => File.ReadAllText(desk.File("out", "report.html"));
}
