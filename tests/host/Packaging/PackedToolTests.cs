using System.IO.Compression;
using System.Text.RegularExpressions;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Packaging;

/// <summary>What strangers do with the packages, as they do it.</summary>
public sealed class PackedToolTests(PackedTool packed) : IClassFixture<PackedTool>
{
    private static readonly Dictionary<string, string?> AsIs = [];

    [Fact]
    public void SystemsPackage_LibTorch_IsTheOneThatTheBuildMade()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux's library is edited.");
        using var package = ZipFile.OpenRead(Path.Combine(packed.Feed, $"LlmKick.{PackedTool.System}.{PackedTool.Version}.nupkg"));
        var names = package.Entries.Select(entry => entry.FullName[(entry.FullName.LastIndexOf('/') + 1)..]).ToList();
        Assert.DoesNotContain(names, name => name.Contains("python", StringComparison.Ordinal)
            || name.Contains("_test.", StringComparison.Ordinal));
        Assert.Contains("LICENSE-LIBTORCH.txt", names);
        using var bridge = package.Entries.Single(entry => entry.Name == "libLibTorchSharp.so").Open();
        using var bytes = new MemoryStream();
        bridge.CopyTo(bytes);
        Assert.Equal(File.ReadAllBytes(Path.Combine(Tool.Folder, "libtorch", "libLibTorchSharp.so")), bytes.ToArray());
    }

    [Fact]
    public async Task GlobalTool_InstalledIntoAnEmptyHome_WorksAndLeaves()
    {
        await DoneAsync(packed.DotnetAsync("tool", "install", "--global", "LlmKick"));
        var tool = Path.Combine(packed.Home, ".dotnet", "tools", OperatingSystem.IsWindows() ? "llmkick.exe" : "llmkick");

        var version = await DoneAsync(packed.RunAsync(tool, AsIs, "--version"));
        var doctor = await DoneAsync(packed.RunAsync(tool, AsIs, "doctor"));
        await UseAsync(tool);
        await DoneAsync(packed.DotnetAsync("tool", "uninstall", "--global", "LlmKick"));

        Assert.Matches($@"^llmkick +{Regex.Escape(PackedTool.Version)}(\+[0-9a-f]+)?\s+SDK +\d+\.\d+\s+libtorch +\d+\.\d+\.\d+\s*$",
            version.Output);
        Assert.Matches(@"ok +libtorch +\d+\.\d+\.\d+, of the tool", doctor.Output);
        Assert.False(File.Exists(tool));
    }

    [Fact]
    public async Task Manifest_RestoredAndLinked_IsWhatDotnetRuns()
    {
        Directory.CreateDirectory(Path.Combine(packed.Desk, ".config"));
        File.Copy(PackedTool.Manifest, Path.Combine(packed.Desk, "tool-manifest.json"));
        await DoneAsync(packed.DotnetAsync("tool", "restore", "--tool-manifest", "tool-manifest.json"));
        File.CreateSymbolicLink(Path.Combine(packed.Desk, ".config", "dotnet-tools.json"), Path.Combine("..", "tool-manifest.json"));

        var version = await DoneAsync(packed.DotnetAsync("llmkick", "--version"));

        Assert.StartsWith($"llmkick   {PackedTool.Version}", version.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dnx")]
    [InlineData("tool", "exec")]
    public async Task OneShot_NothingInstalled_RunsTheTool(params string[] verb)
    {
        var list = await DoneAsync(packed.DotnetAsync([.. verb, $"LlmKick@{PackedTool.Version}", "--yes", "--", "list"]));
        Assert.Contains("LlmKick.Transformers", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fallback_OnAnotherPlatform_SaysInOneSentenceWhatToDo()
    {
        var elsewhere = new Dictionary<string, string?> { ["DOTNET_RUNTIME_ID"] = "linux-arm64" };
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The platform is one that Linux can pretend to be.");
        var folder = Path.Combine(packed.Home, "other tools");
        await DoneAsync(packed.RunAsync("dotnet", elsewhere, "tool", "install", "LlmKick", "--tool-path", folder));

        var run = await packed.RunAsync(Path.Combine(folder, "llmkick"), elsewhere, "run");

        Assert.Equal((1, ""), (run.ExitCode, run.Output));
        Assert.Matches(
            @"^No libtorch comes with llmkick for linux-arm64, only for [^.]+: use one of these, or set LLMKICK_LIBTORCH to [^\n]+\.\n$",
            run.Error);
    }

    /// <summary>The quickstart where its model is there.</summary>
    private async Task UseAsync(string tool)
    {
        if (!File.Exists(Path.Combine(SharedData.RepositoryRoot, "recipes", "quickstart", "model", "model.safetensors")))
        {
            await DoneAsync(packed.RunAsync(tool, AsIs, "list"));
            return;
        }
        var run = await DoneAsync(packed.RunAsync(tool, AsIs, "run", "--only", "dense/perplexity", "--output", "the first run"));
        Assert.Contains("perplexity", run.Output, StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(packed.Desk, "the first run", "results.json")));
    }

    private static async Task<ProcessResult> DoneAsync(Task<ProcessResult> running)
    {
        var result = await running;
        Assert.True(result.ExitCode == 0, result.Output + result.Error);
        return result;
    }
}
