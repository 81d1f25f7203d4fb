using LlmKick.Terminals;
using LlmKick.Sdk;

namespace LlmKick.Tests.Runs;

/// <summary>Runs are kept under fingerprints of these assemblies: a commit that changes no code must leave them as they are.</summary>
public sealed class BuildIdentityTests
{
    public static TheoryData<string> Assemblies { get; } =
    [
        typeof(ToolVersion).Assembly.Location, typeof(LlmKickException).Assembly.Location,
        .. Directory.GetFiles(Path.Combine(Commands.Tool.Folder, "plugins"), "LlmKick.*.dll", SearchOption.AllDirectories),
    ];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Assembly_Version_HasNothingOfTheCommit(string path)
    {
        var file = LlmKick.Plugins.AssemblyFileReader.Read(path);
        Assert.Matches(@"^\d+\.\d+\.\d+$", file.InformationalVersion);
        Assert.Equal(new Version(file.Version.Major, 0, 0, 0), file.Version);
    }

    [Fact]
    public void ToolVersion_BuiltTool_IsThePackagesWithTheCommit() =>
        Assert.Matches(@"^llmkick   \d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9a-f]{9})?\n",
            Commands.Tool.Run("--version").Out.ReplaceLineEndings("\n"));
}
