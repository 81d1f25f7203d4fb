using System.Text.Json.Nodes;
using LlmKick.Runtime;
using LlmKick.Tests.Plugins;

namespace LlmKick.Tests.Commands;

public sealed class DoctorCommandTests
{
    private static readonly string[] Names =
        ["tool", "runtime", "system", "platform", "memory", "processor", "threads", "libtorch", "gpu", "float32 rate", "bfloat16 rate",
            "working folder", "temporary folder", "model cache", "plugin folder", "shared assemblies"];

    [Fact]
    public async Task Doctor_Json_TellsOfEverything()
    {
        var result = await LlmKickProcess.RunAsync("doctor", "--json");

        var document = JsonNode.Parse(result.Output)!;
        Assert.Equal("llmkick/doctor@1", (string?)document["format"]);
        var findings = document["findings"]!.AsArray().ToDictionary(finding => (string)finding!["name"]!);
        Assert.Superset(Names.ToHashSet(), findings.Keys.ToHashSet());
        Assert.Equal((bool)document["healthy"]!, result.ExitCode == 0);
        Assert.All(findings.Values.Where(finding => (string?)finding!["state"] != "ok"),
            finding => Assert.NotNull((string?)finding!["advice"]));
        Assert.True((double)findings["float32 rate"]!["value"]! > 0);
        Assert.Equal(LibTorch.ExpectedVersion, (string?)findings["libtorch"]!["value"]);
        Assert.Equal("1.0.0.0", (string?)findings["shared assemblies"]!["value"]!["LlmKick.Sdk"]);
    }

    [Fact]
    public async Task Doctor_Piped_IsPlainTextWithUntriedPlatforms()
    {
        var result = await LlmKickProcess.RunAsync("doctor");

        Assert.DoesNotContain('\e', result.Output);
        Assert.Contains("Windows", result.Output, StringComparison.Ordinal);
        Assert.Contains("macOS", result.Output, StringComparison.Ordinal);
        Assert.Empty(result.Error);
    }

    [Fact]
    public async Task Doctor_LibTorchFolderWithoutLibraries_IsAProblemWithAdvice()
    {
        using var folder = new TemporaryFolder();

        var result = await LlmKickProcess.RunAsync(new Dictionary<string, string?> { [LibTorch.Variable] = folder.Path },
            "doctor", "--json");

        Assert.Equal(1, result.ExitCode);
        var finding = JsonNode.Parse(result.Output)!["findings"]!.AsArray().Single(finding => (string?)finding!["name"] == "libtorch")!;
        Assert.Equal("problem", (string?)finding["state"]);
        Assert.Contains(folder.Path, (string?)finding["found"], StringComparison.Ordinal);
        Assert.NotNull((string?)finding["advice"]);
    }

    [Fact]
    public async Task Doctor_BrokenPlugin_IsAProblemAndTheRestIsTold()
    {
        using var folder = new TemporaryFolder();
        TestPlugin.Build(folder, "Broken", TestPlugin.Source("idle", sdk: "9.0"));

        var result = await LlmKickProcess.RunAsync("doctor", "--plugins", folder.Path);

        Assert.Equal(1, result.ExitCode);
        Assert.Matches(@"problem +plugin Broken +It was built against SDK 9\.0", result.Output);
        Assert.Contains("shared assemblies", result.Output, StringComparison.Ordinal);
    }
}
