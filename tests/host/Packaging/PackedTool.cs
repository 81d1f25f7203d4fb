using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;

namespace LlmKick.Tests.Packaging;

/// <summary>The tool's packages, made once from a copy of the sources, and a user who has nothing yet: an empty home, and spaces in every path.</summary>
public sealed class PackedTool : IAsyncLifetime
{
    private static readonly string[] Sources = ["host", "sdk", "plugins", "recipes"];
    private readonly TemporaryFolder folder = new();

    /// <summary>The manifest in the repository's root.</summary>
    public static string Manifest { get; } = Path.Combine(SharedData.RepositoryRoot, "tool-manifest.json");

    /// <summary>The version that the manifest asks for, which is packed.</summary>
    public static string Version { get; } = (string)JsonNode.Parse(File.ReadAllText(Manifest))!["tools"]!["llmkick"]!["version"]!;

    /// <summary>What this system's package is called after.</summary>
    public static string System { get; } =
        $"{(OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}";

    /// <summary>The folder of the packages.</summary>
    public string Feed => folder.File("local feed");

    /// <summary>The user's home.</summary>
    public string Home => folder.File("empty home");

    /// <summary>Where the user works.</summary>
    public string Desk => folder.File("my work");

    public async ValueTask InitializeAsync()
    {
        var clone = folder.File("the clone");
        CopyFiles(SharedData.RepositoryRoot, clone);
        foreach (var source in Sources)
            CopyFolder(Path.Combine(SharedData.RepositoryRoot, source), Path.Combine(clone, source));
        var packed = await LlmKickProcess.RunAsync(
            "dotnet", new Dictionary<string, string?>(), "pack", Path.Combine(clone, "host"), "-o", Feed, $"-p:ToolRuntimeIdentifiers=\"{System};any\"", $"-p:MinVerVersionOverride={Version}", "--disable-build-servers");
        Assert.True(packed.ExitCode == 0, packed.Output + packed.Error);
        Assert.DoesNotContain("warning", packed.Output, StringComparison.Ordinal);
        Directory.Delete(clone, recursive: true);
        Directory.CreateDirectory(Home);
        folder.Write("my work/NuGet.config", $"<configuration><packageSources><clear/><add key=\"local\" value=\"{Feed}\"/></packageSources></configuration>");
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
        LlmKickProcess.RunAsync(new ProcessStartInfo(program, arguments) { WorkingDirectory = Desk }, new Dictionary<string, string?>(environment)
        {
            ["HOME"] = Home,
            ["USERPROFILE"] = Home,
            ["DOTNET_CLI_HOME"] = Home,
            ["NUGET_PACKAGES"] = Path.Combine(Home, "nuget packages"),
            ["DOTNET_NOLOGO"] = "1",
        });

    private static void CopyFiles(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.GetFiles(from).Where(file => Path.GetFileName(file) != ".git"))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }

    private static void CopyFolder(string from, string to)
    {
        CopyFiles(from, to);
        foreach (var inner in Directory.GetDirectories(from).Select(inner => Path.GetFileName(inner)).Where(name => name is not ("bin" or "obj")))
            CopyFolder(Path.Combine(from, inner), Path.Combine(to, inner));
    }
}
