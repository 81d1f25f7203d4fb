using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Packaging;

/// <summary>The tool's packages, made once from what is built, and a user who has nothing yet: an empty home, and spaces in every
/// path.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();

    /// <summary>The manifest in the repository's root.</summary>
    public static string Manifest { get; } = Path.Combine(SharedData.RepositoryRoot, "tool-manifest.json");

    /// <summary>The version that the manifest asks for, which is packed.</summary>
    public static string Version { get; } = (string)JsonNode.Parse(File.ReadAllText(Manifest))!["tools"]!["llmkick"]!["version"]!;

    /// <summary>What this system's package is called after.</summary>
    public static string System { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-"
            + $"{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The folder of the packages.</summary>
    public string Feed => folder.File("local feed");

    /// <summary>The user's home.</summary>
    public string Home => folder.File("empty home");

    /// <summary>Where the user works.</summary>
    public string Desk => folder.File("my work");

    public async ValueTask InitializeAsync()
    {
        var packed = await LlmKickProcess.RunAsync(
            "dotnet", new Dictionary<string, string?>(), "pack", Path.Combine(SharedData.RepositoryRoot, "host"), "-c",
            new DirectoryInfo(Tool.Folder).Parent!.Name, "-o", Feed,
            $"-p:ToolRuntimeIdentifiers=\"{System};any\"", $"-p:MinVerVersionOverride={Version}", "-p:BuildProjectReferences=false",
            "--disable-build-servers");
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.Ordinal);
        Directory.CreateDirectory(Home);
        folder.Write("my work/NuGet.config",
            $"<configuration><packageSources><clear/><add key=\"local\" value=\"{Feed}\"/></packageSources></configuration>");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Runs <c>dotnet</c> as the user.</summary>
    internal Task<ProcessResult> DotnetAsync(params string[] arguments) => RunAsync("dotnet", new Dictionary<string, string?>(), arguments);

    /// <summary>Runs a program as the user, with further environment variables.</summary>
    internal Task<ProcessResult> RunAsync(string program, IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        LlmKickProcess.RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = Desk },
            new Dictionary<string, string?>(environment)
        {
            ["HOME"] = Home,
            ["USERPROFILE"] = Home,
            ["DOTNET_CLI_HOME"] = Home,
            ["NUGET_PACKAGES"] = Path.Combine(Home, "nuget packages"),
            ["DOTNET_NOLOGO"] = "1",
        });
}
