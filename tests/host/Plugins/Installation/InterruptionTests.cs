using LlmKick.Plugins.Installation;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>Installations that are killed at each of their steps: what is there afterwards is all old or all new.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private readonly InstallationDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("install-downloaded:1", false)]
    [InlineData("install-prepared:1", false)]
    [InlineData("install-journal:1", false)]
    [InlineData("install-old-aside:1", false)]
    [InlineData("install-new-placed:1", false)]
    [InlineData("install-new-placed:2", false)]
    [InlineData("install-locked:1", true)]
    public async Task Add_Killed_LeavesOldOrNew(string failpoint, bool isNew)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        await desk.Offer(Method("1.0.0"), Base("1.0.0")).AddAsync(Id);
        var old = desk.Contents();
        desk.Offer(Method("2.0.0"), Base("2.0.0"));

        Assert.Equal(137, Add(failpoint).ExitCode);

        var listed = desk.Run("list", "--json").Json["plugins"]!.AsArray()
            .Where(plugin => ((string)plugin!["path"]!).StartsWith(desk.Plugins, StringComparison.Ordinal));
        Assert.Equal(["ContosoBase", "ContosoMethod"], listed.Select(plugin => (string)plugin!["name"]!).Order(StringComparer.Ordinal));
        InstallationFolder.Open(desk.Plugins, TestContext.Current.CancellationToken).Dispose();
        var version = isNew ? "2.0.0" : "1.0.0";
        Assert.Equal([$"Contoso.Base {version}", $"Contoso.Method {version}"], desk.Installed());
        Assert.All(PluginLock.Read(desk.Plugins).Plugins,
            plugin => Assert.Empty(PluginIntegrity.Faults(Path.Combine(desk.Plugins, plugin.Key), plugin.Value)));
        Assert.Equal(!isNew, old.SequenceEqual(desk.Contents()));
        Assert.Equal(isNew ? 0 : 2, (await desk.AddAsync(Id)).Count);
    }

    [Theory]
    [InlineData("install-old-aside:1")]
    [InlineData("install-new-placed:1")]
    public void AddFirst_Killed_LeavesNothing(string failpoint)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        desk.Offer(Method("1.0.0"), Base("1.0.0"));
        Assert.Equal(137, Add(failpoint).ExitCode);
        Assert.Empty(desk.Run("plugin", "list", "--json").Json["plugins"]!.AsArray());
        Assert.Empty(desk.Contents());
    }

    [Theory]
    [InlineData("install-old-aside:1")]
    [InlineData("install-new-placed:1")]
    public async Task AddAgain_KilledWhileMending_KeepsAPlugin(string failpoint)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        await desk.Offer(Method("1.0.0"), Base("1.0.0")).AddAsync(Id);
        File.AppendAllText(Path.Combine(desk.Plugins, "Contoso.Method", "about.txt"), "more");
        Assert.Equal(137, Add(failpoint).ExitCode);
        Assert.Equal(2, desk.Run("plugin", "list", "--json").Json["plugins"]!.AsArray().Count);
        Assert.True(File.Exists(Path.Combine(desk.Plugins, "Contoso.Method", "ContosoMethod.dll")));
    }

    [Fact]
    public async Task Remove_Killed_LeavesThePlugin()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        await desk.Offer(Base("1.0.0")).AddAsync("Contoso.Base");
        var old = desk.Contents();
        Assert.Equal(137, desk.Run(Failpoint("install-old-aside:1"), "plugin", "remove", "Contoso.Base").ExitCode);
        Assert.Equal("1.0.0", (string)desk.Run("plugin", "list", "--json").Json["plugins"]![0]!["version"]!);
        Assert.Equal(old, desk.Contents());
    }

    private Commands.ToolResult Add(string failpoint) => desk.Run(Failpoint(failpoint), "plugin", "add", Id, "--source", desk.Feed);

    private static Dictionary<string, string> Failpoint(string name) => new() { ["LLMKICK_FAILPOINT"] = name };

    private static TestPackage Method(string version) => Make(Id, version).Needs("Contoso.Base", $"[{version}]");

    private static TestPackage Base(string version) => Make("Contoso.Base", version);

    private static TestPackage Make(string id, string version)
    {
        var name = id.Replace(".", "", StringComparison.Ordinal);
        return new TestPackage(id, version).Needs("LlmKick.Sdk", "[1.0, 2.0)")
            .With($"plugin/net10.0/{name}.dll", TestPackage.Compile("1.0", name.ToLowerInvariant(), name))
            .With("plugin/net10.0/about.txt", version);
    }
}
