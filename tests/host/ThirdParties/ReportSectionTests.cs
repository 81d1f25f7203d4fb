using System.Text.Json.Nodes;
using LlmKick.Tests.Reports;

namespace LlmKick.Tests.ThirdParties;

/// <summary>A plugin outside the repository with nothing but sections of reports: one that tells something, and one that fails.</summary>
[Collection(ThirdPartyTests.Name)]
public sealed class ReportSectionTests(StrangersMachine machine) : IDisposable
{
    private const string Source = """
        using LlmKick.Sdk;
        using LlmKick.Sdk.Reports;

        public sealed class Plugin : IPlugin
        {
            public void Register(IPluginRegistry registry)
            {
                registry.AddReportSection("hardest", "The questions that most variants miss.", Hardest);
                registry.AddReportSection("broken", "Fails.", run => throw new System.InvalidOperationException("no luck"));
            }

            private static ReportSection? Hardest(RunView run)
            {
                var misses = run.Variants.SelectMany(variant => variant.Find("facts")!.Samples)
                    .Where(sample => sample.Scores["exact_match"] == 0).CountBy(sample => sample.Id).OrderByDescending(one => one.Value);
                return new ReportSection("Hardest <questions>", "By how many variants miss them.",
                    [new ReportTable("Misses", ["question", "misses"], [.. misses.Take(3)
                        .Select(one => new[] { one.Key, $"{one.Value}" })])]);
            }
        }
        """;

    private readonly TemporaryFolder run = new();

    public void Dispose() => run.Dispose();

    [Fact]
    public async Task Report_SectionsOfAStranger_AreListedAndDrawn()
    {
        var project = machine.Make("Hardest");
        File.WriteAllText(Path.Combine(project, "Plugin.cs"), Source);
        File.WriteAllText(Path.Combine(project, "Hardest.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LlmKick.Sdk" Version="{LlmKick.Plugins.SharedAssemblies.SdkVersion}.0" />
              </ItemGroup>
            </Project>
            """);
        await machine.ExpectAsync(project, "dotnet build");
        new StoredRunMaker(run.Path).Write();

        var list = JsonNode.Parse((await machine.RunAsync(project, "llmkick list --json --plugins bin/Debug/net10.0")).Output)!;
        var output = await machine.ExpectAsync(project, $"llmkick report '{run.Path}' --plugins bin/Debug/net10.0");

        Assert.Equal(["hardest", "broken"], list["report_sections"]!.AsArray()
            .Where(section => (string)section!["plugin"]! == "Hardest").Select(section => (string)section!["name"]!));
        var page = File.ReadAllText(run.File("report.html"));
        Assert.Contains("Hardest &lt;questions&gt;", page, StringComparison.Ordinal);
        Assert.Matches("<th scope=\"row\">\\d+</th><td>5</td>", page);
        const string Failure = "The plugin 'Hardest' failed to make the section 'broken': InvalidOperationException: no luck";
        Assert.Contains(Failure, page, StringComparison.Ordinal);
        Assert.Contains(Failure, output, StringComparison.Ordinal);
    }
}
