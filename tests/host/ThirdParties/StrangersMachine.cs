using LlmKick.Tests.Commands;

namespace LlmKick.Tests.ThirdParties;

/// <summary>
/// A stranger's machine: a home of its own, the tool on its path, and a feed with the SDK, the testing kit and the templates. What these
/// need lies in the packages folder of the machine that the tests run on.
/// </summary>
public sealed class StrangersMachine : IAsyncLifetime
{
    private const string Bash = "/bin/bash";
    private readonly TemporaryFolder folder = new();

    /// <summary>The folder with packages that stands for a feed.</summary>
    public string Feed => folder.File("feed");

    /// <summary>Whether the tool's small model is there, which recipes name by <c>llmkick:quickstart/model</c>.</summary>
    public static bool HasQuickstartModel { get; } =
        File.Exists(Path.Combine(Tool.Folder, "recipes", "quickstart", "model", "model.safetensors"));

    public async ValueTask InitializeAsync()
    {
        if (!File.Exists(Bash))
            return;
        foreach (var name in (string[])["bin", "home", "feed"])
            Directory.CreateDirectory(folder.File(name));
        File.CreateSymbolicLink(folder.File("bin", "llmkick"), Tool.Program);
        WriteNuGetConfig();
        var configuration = Directory.GetParent(Tool.Folder)!.Name;
        // In the home of whoever runs the tests: restoring under another would leave the house's projects with its packages.
        foreach (var (project, options) in new[] { ("LlmKick.Sdk", "--no-build"), ("LlmKick.Sdk.Testing", "--no-build"),
            ("templates", "") })
        {
            var pack = await LlmKickProcess.RunAsync(Bash, Quiet, "-c",
                $"cd '{SharedData.RepositoryRoot}' && dotnet pack sdk/{project} {options} -c {configuration} -o {Feed}");
            Assert.True(pack.ExitCode == 0, pack.Output + pack.Error);
        }
        await ExpectAsync(folder.Path, $"dotnet new install {Feed}/LlmKick.Templates.*.nupkg");
    }

    public ValueTask DisposeAsync()
    {
        folder.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Makes a folder.</summary>
    public string Make(string name) => Directory.CreateDirectory(folder.File(name)).FullName;

    /// <summary>Runs a shell line that must succeed.</summary>
    /// <returns>All that it printed.</returns>
    internal async Task<string> ExpectAsync(string where, string line)
    {
        var result = await RunAsync(where, line);
        Assert.True(result.ExitCode == 0, $"{line}\n{result.Output}{result.Error}");
        return result.Output + result.Error;
    }

    /// <summary>Runs a shell line.</summary>
    internal async Task<ProcessResult> RunAsync(string where, string line)
    {
        Assert.SkipUnless(File.Exists(Bash), "needs bash");
        return await LlmKickProcess.RunAsync(Bash, Environment, "-c", $"cd '{where}' && {line}");
    }

    private static Dictionary<string, string?> Quiet => new()
    {
        ["DOTNET_NOLOGO"] = "1", ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1", ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["OMP_NUM_THREADS"] = "1", ["MSBUILDDISABLENODEREUSE"] = "1", ["UseSharedCompilation"] = "false",
    };

    private Dictionary<string, string?> Environment => new(Quiet)
    {
        ["HOME"] = folder.File("home"), ["DOTNET_CLI_HOME"] = folder.File("home"), ["NUGET_PACKAGES"] = folder.File("packages"),
        ["PATH"] = $"{folder.File("bin")}:{System.Environment.GetEnvironmentVariable("PATH")}", ["LLMKICK_PLUGINS"] = null,
        ["XDG_DATA_HOME"] = null,
    };

    private void WriteNuGetConfig() => folder.Write("nuget.config", $"""
        <configuration>
          <packageSources><clear /><add key="ours" value="{Feed}" /></packageSources>
          <fallbackPackageFolders><clear /><add key="shared" value="{SharedPackages}" /></fallbackPackageFolders>
        </configuration>
        """);

    private static string SharedPackages =>
        System.Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(System.Environment.GetFolderPath(System.Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
