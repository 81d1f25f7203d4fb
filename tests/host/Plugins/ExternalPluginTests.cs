using System.Text.Json.Nodes;
using LlmKick.Plugins;

namespace LlmKick.Tests.Plugins;

/// <summary>A plugin as a stranger makes it: a project of its own that references the packed SDK.</summary>
public sealed class ExternalPluginTests : IDisposable
{
    private static readonly IReadOnlyDictionary<string, string?> AsIs = new Dictionary<string, string?>();
    private static readonly string SdkVersion = SharedAssemblies.SdkVersion.ToString();
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task List_PluginBuiltAgainstThePackedSdk_IsUsable()
    {
        await PackSdkAsync();
        await BuildPluginAsync();

        var result = await LlmKickProcess.RunAsync("list", "--json", "--plugins", folder.File("Stranger", "out"));

        Assert.True(result.ExitCode == 0, result.Error);
        var list = JsonNode.Parse(result.Output)!;
        var plugin = Assert.Single(list["plugins"]!.AsArray(), plugin => (string?)plugin!["name"] == "Stranger")!;
        Assert.True((bool)plugin["usable"]!, (string?)plugin["problem"]);
        Assert.Equal(SdkVersion, (string?)plugin["sdk_version"]);
        Assert.Contains(list["compressors"]!.AsArray(), compressor => (string?)compressor!["name"] == "stranger");
        Assert.Equal(
            ["Stranger.deps.json", "Stranger.dll", "Stranger.pdb", "Stranger.runtimeconfig.json"],
            Directory.GetFileSystemEntries(folder.File("Stranger", "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    private async Task PackSdkAsync()
    {
        var configuration = Directory.GetParent(Path.GetDirectoryName(LlmKickProcess.Path)!)!.Name;
        await RunAsync("pack", Path.Combine(SharedData.RepositoryRoot, "sdk", "LlmKick.Sdk"), "--no-build", "-c", configuration, "-o", folder.File("feed"), "--disable-build-servers");
    }

    private async Task BuildPluginAsync()
    {
        Directory.CreateDirectory(folder.File("Stranger"));
        File.WriteAllText(folder.File("Stranger", "Method.cs"), TestPlugin.Source("stranger", "using var x = TorchSharp.torch.ones(1);").Replace(TestPlugin.Stamp("1.0"), "", StringComparison.Ordinal));
        File.WriteAllText(folder.File("Stranger", "Stranger.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <RestoreAdditionalProjectSources>{folder.File("feed")}</RestoreAdditionalProjectSources>
                <RestorePackagesPath>{folder.File("packages")}</RestorePackagesPath>
                <RestoreFallbackFolders>{GlobalPackages}</RestoreFallbackFolders>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="LlmKick.Sdk" Version="{SdkVersion}.0" />
              </ItemGroup>
            </Project>
            """);
        await RunAsync("build", folder.File("Stranger"), "-c", "Release", "-o", folder.File("Stranger", "out"), "--disable-build-servers");
    }

    private static string GlobalPackages =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static async Task RunAsync(params string[] arguments)
    {
        var result = await LlmKickProcess.RunAsync("dotnet", AsIs, arguments);
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
    }
}
