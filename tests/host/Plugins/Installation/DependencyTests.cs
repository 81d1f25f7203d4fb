using LlmKick.Plugins.Installation;
using LlmKick.Sdk;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>Plugins whose packages need others.</summary>
public sealed class DependencyTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private readonly InstallationDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Install_Libraries_PutsWhatThisSystemNeedsIntoThePluginsFolder()
    {
        desk.Offer(
            TestPackage.Plugin(Id, "1.0.0").Needs("Contoso.Core", "1.0.0").Needs("TorchSharp-cpu", "0.1.0")
                .Needs("Microsoft.Extensions.Logging.Abstractions", "1.0.0"),
            TestPackage.Library("Contoso.Core", "1.2.0").Needs("Contoso.Deep", "[2.0.0, )")
                .With("lib/net8.0/Contoso.Core.dll", "eight").With("lib/netstandard2.0/Contoso.Core.dll", "old")
                .With("lib/net8.0/de/Contoso.Core.resources.dll", "deutsch")
                .With("lib/net8.0/TorchSharp.dll", "shared").With("lib/net8.0/Contoso.Core.xml", "docs")
                .With("ref/net8.0/Contoso.Core.dll", "reference"),
            TestPackage.Library("Contoso.Core", "9.0.0").With("lib/net8.0/Contoso.Core.dll", "nine"),
            TestPackage.Library("Contoso.Deep", "2.1.0").With("lib/net99.0/Contoso.Deep.dll", "future")
                .With($"runtimes/{RuntimeAssets.Fallbacks(System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier)[0]}"
                    + $"/native/libdeep.so", "native").With("runtimes/win-x86/native/deep.dll", "other"));

        var change = Assert.Single(await desk.AddAsync(Id));

        Assert.Equal(
            ["Contoso.Core.dll", "Contoso.deps.json", "Contoso.dll", "about.txt", "de/Contoso.Core.resources.dll", "libdeep.so"],
            change.Now.Files.Keys.Where(file => file != "Contoso.Core.xml").Order(StringComparer.Ordinal));
        Assert.Equal("eight", File.ReadAllText(Path.Combine(desk.Plugins, Id, "Contoso.Core.dll")));
        Assert.Equal(["Contoso.Core 1.2.0", "Contoso.Deep 2.1.0"],
            change.Now.Packages.Select(package => $"{package.Key} {package.Value.Version}"));
    }

    [Fact]
    public async Task Install_LibraryThatNetHas_LeavesNetsOwn()
    {
        var json = typeof(System.Text.Json.JsonDocument).Assembly.Location;
        desk.Offer(TestPackage.Plugin(Id, "1.0.0").Needs("System.Text.Json", "8.0.0"), TestPackage.Library("System.Text.Json", "8.0.0")
            .With("lib/net8.0/System.Text.Json.dll", await File.ReadAllBytesAsync(json, TestContext.Current.CancellationToken)));
        Assert.DoesNotContain("System.Text.Json.dll", Assert.Single(await desk.AddAsync(Id)).Now.Files.Keys);
    }

    [Fact]
    public async Task Install_RangesOfSeveral_AreAllKept()
    {
        desk.Offer(
            TestPackage.Plugin(Id, "1.0.0").Needs("A", "1.0.0").Needs("B", "1.0.0"),
            TestPackage.Library("B", "1.0.0").Needs("A", "[1.1.0, 2.0.0)"),
            TestPackage.Library("A", "1.0.0"), TestPackage.Library("A", "1.1.0"), TestPackage.Library("A", "1.2.0"));
        Assert.Equal("1.1.0", Assert.Single(await desk.AddAsync(Id)).Now.Packages["A"].Version);
    }

    [Fact]
    public async Task Install_ContradictingRanges_NamesBoth()
    {
        desk.Offer(
            TestPackage.Plugin(Id, "1.0.0").Needs("A", "[1.0.0]").Needs("B", "1.0.0"),
            TestPackage.Library("B", "1.0.0").Needs("A", "2.0.0"),
            TestPackage.Library("A", "1.0.0"), TestPackage.Library("A", "2.0.0"));
        await RefusedAsync("No version of A suits Contoso.Method 1.0.0, which needs = 1.0.0 and B 1.0.0, which needs >= 2.0.0.");
    }

    [Fact]
    public async Task Install_MissingDependency_SaysWhoNeedsIt()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0").Needs("Contoso.Gone", "1.0.0"));
        await RefusedAsync("Contoso.Method 1.0.0 needs Contoso.Gone: There is no package Contoso.Gone in");
    }

    [Fact]
    public async Task Install_HostileDependency_LeavesNothing()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0").Needs("Evil", "1.0.0"),
            TestPackage.Library("Evil", "1.0.0").With("lib/net8.0/../../../x.dll", "x"));
        await RefusedAsync("Evil 1.0.0 from");
    }

    [Fact]
    public async Task Install_OtherPlugin_GetsAFolderOfItsOwnAndStaysWhileItIsNeeded()
    {
        desk.Offer(
            TestPackage.Plugin(Id, "1.0.0").Needs("Contoso.Base", "[1.0, 2.0)"),
            TestPackage.Plugin("Contoso.Base", "1.5.0").With("plugin/net10.0/Contoso.dll", TestPackage.Compile("1.0", "base")));

        Assert.Equal([Id, "Contoso.Base"], (await desk.AddAsync(Id)).Select(change => change.Id));

        using var folder = InstallationFolder.Open(desk.Plugins, TestContext.Current.CancellationToken);
        Assert.True(File.Exists(Path.Combine(desk.Plugins, "Contoso.Base", "Contoso.dll")));
        var failure = Assert.Throws<LlmKickException>(() => PluginInstaller.Remove(folder, "contoso.base"));
        Assert.Equal("Contoso.Method 1.0.0 needs Contoso.Base >= 1.0.0 && < 2.0.0, and then none would be installed. Update or remove "
            + "Contoso.Method first.", failure.Message);
        PluginInstaller.Remove(folder, Id);
        PluginInstaller.Remove(folder, "contoso.base");
        Assert.Empty(folder.Lock.Plugins);
    }

    [Theory]
    [InlineData("linux-x64", "linux-x64 linux unix-x64 unix any")]
    [InlineData("debian.12-arm64", "linux-arm64 linux unix-arm64 unix any")]
    [InlineData("linux-musl-x64", "linux-musl-x64 linux-musl linux-x64 linux unix-x64 unix any")]
    [InlineData("win-x64", "win-x64 win any")]
    [InlineData("osx-arm64", "osx-arm64 osx unix-arm64 unix any")]
    public void Fallbacks_Runtime_GoFromNearToFar(string runtime, string fallbacks) =>
        Assert.Equal(fallbacks, string.Join(' ', RuntimeAssets.Fallbacks(runtime)));

    private async Task RefusedAsync(string message)
    {
        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Contents());
    }
}
