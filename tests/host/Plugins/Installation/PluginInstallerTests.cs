using LlmKick.Sdk;

namespace LlmKick.Tests.Plugins.Installation;

public sealed class PluginInstallerTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private readonly InstallationDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public async Task Install_SeveralVersions_TakesTheNewestThatFits()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"), TestPackage.Plugin(Id, "1.10.0"), TestPackage.Plugin(Id, "1.9.0"),
            TestPackage.Plugin(Id, "1.11.0-beta"), TestPackage.Plugin(Id, "2.0.0", "[2.0, 3.0)"));

        var change = Assert.Single(await desk.AddAsync(Id));

        Assert.Equal((Id, "1.10.0", null), (change.Id, change.Now.Version, change.Before));
        Assert.Equal("1.10.0", File.ReadAllText(Path.Combine(desk.Plugins, Id, "about.txt")));
        Assert.Empty(await desk.AddAsync(Id));
    }

    [Theory]
    [InlineData("1.11.0-beta", "1.11.0-beta")]
    [InlineData("1.0", "1.0.0")]
    [InlineData("[1.0, 1.10)", "1.9.0")]
    [InlineData("1.9.*", "1.9.0")]
    [InlineData("[1.10, )", "1.10.0")]
    [InlineData("[1.11.0-a, )", "1.11.0-beta")]
    public async Task Install_VersionWish_IsFollowed(string wish, string version)
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"), TestPackage.Plugin(Id, "1.10.0"), TestPackage.Plugin(Id, "1.9.0"),
            TestPackage.Plugin(Id, "1.11.0-beta"));
        Assert.Equal(version, Assert.Single(await desk.AddAsync(Id, wish)).Now.Version);
    }

    [Fact]
    public async Task Install_NoneFits_SaysWhyOfEach()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.5.0-beta"), TestPackage.Plugin(Id, "2.0.0", "[2.0, 3.0)"),
            TestPackage.Plugin(Id, "3.0.0", "[1.7, 2.0)"));
        await RefusedAsync(
            "No version of Contoso.Method can be used with this llmkick (SDK 1.0). 3.0.0 needs LlmKick.Sdk >= 1.7.0 && < 2.0.0; 2.0.0 "
                + "needs LlmKick.Sdk >= 2.0.0 && < 3.0.0; 1.5.0-beta is a prerelease (--version 1.5.0-beta takes it).");
    }

    [Theory]
    [InlineData("2.0",
        "No version of Contoso.Method that is 2.0 can be used with this llmkick (SDK 1.0). 2.0.0 needs LlmKick.Sdk >= 2.0.0 && < 3.0.0.")]
    [InlineData("4.0", "No version of Contoso.Method that is 4.0 can be used with this llmkick (SDK 1.0). 2.0.0 is not what was asked "
        + "for; 1.0.0 is not what was asked for.")]
    public async Task Install_WishThatCannotBe_SaysWhy(string wish, string message)
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"), TestPackage.Plugin(Id, "2.0.0", "[2.0, 3.0)"));
        Assert.Equal(message, (await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id, wish))).Message);
    }

    [Fact]
    public async Task Install_UnknownPackage_NamesTheSources() =>
        await RefusedAsync($"There is no package Contoso.Method in '{desk.Feed}'.");

    [Fact]
    public async Task Install_NoPlugin_IsRefused()
    {
        desk.Offer(TestPackage.Library(Id, "1.0.0").With("lib/net10.0/Contoso.dll", "x"));
        await RefusedAsync("Contoso.Method 1.0.0 is no plugin for llmkick: its package type is not LlmKickPlugin.");
    }

    [Fact]
    public async Task Install_StampOfANewerSdk_IsRefusedByTheGate()
    {
        desk.Offer(TestPackage.Plugin(Id, "1.0.0").With("plugin/net10.0/Contoso.dll", TestPackage.Compile("1.9")));
        await RefusedAsync("Contoso.Method 1.0.0 cannot be used: It was built against SDK 1.9, which is newer than this SDK 1.0.");
    }

    [Fact]
    public async Task Install_StatedHashOfAnother_IsRefused()
    {
        var path = TestPackage.Plugin(Id, "1.0.0").WriteTo(Path.Combine(desk.Feed, "contoso.method", "1.0.0"));
        File.Move(path, path = Path.Combine(Path.GetDirectoryName(path)!, "contoso.method.1.0.0.nupkg"));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, "contoso.method.nuspec"), TestPackage.Plugin(Id, "1.0.0").Nuspec());
        File.WriteAllText(path + ".sha512", Convert.ToBase64String(new byte[64]));
        File.WriteAllText(Path.Combine(Path.GetDirectoryName(path)!, ".nupkg.metadata"), "{ \"version\": 2, \"contentHash\": \"x\" }");
        await RefusedAsync($"Contoso.Method 1.0.0 from '{desk.Feed}' is refused: the SHA-512 of its file is");
    }

    [Fact]
    public async Task Install_SameVersionWithOtherContentThanRecorded_IsRefused()
    {
        await desk.Offer(TestPackage.Plugin(Id, "1.0.0")).AddAsync(Id);
        File.WriteAllText(Path.Combine(desk.Plugins, Id, "about.txt"), "tampered");
        var before = desk.Contents();
        desk.Offer(TestPackage.Plugin(Id, "1.0.0").With("plugin/net10.0/more.txt", "more"));

        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));

        Assert.Contains("when this version was installed before", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, desk.Contents());
    }

    [Fact]
    public async Task Install_ChangedFiles_AreMended()
    {
        await desk.Offer(TestPackage.Plugin(Id, "1.0.0")).AddAsync(Id);
        var before = desk.Contents();
        File.WriteAllText(Path.Combine(desk.Plugins, Id, "about.txt"), "tampered");
        File.WriteAllText(Path.Combine(desk.Plugins, Id, "extra.txt"), "");

        Assert.Single(await desk.AddAsync(Id));

        Assert.Equal(before, desk.Contents());
    }

    [Fact]
    public async Task Install_FolderOfAnotherHand_IsLeftAlone()
    {
        Directory.CreateDirectory(Path.Combine(desk.Plugins, Id));
        File.WriteAllText(Path.Combine(desk.Plugins, Id, "mine.txt"), "mine");
        desk.Offer(TestPackage.Plugin(Id, "1.0.0"));

        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));

        Assert.Contains("is there already", failure.Message, StringComparison.Ordinal);
        Assert.Equal([$"{Id}/mine.txt"], desk.Contents().Keys);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("..")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task Install_StrangeName_IsRefused(string id) =>
        Assert.Contains("is no package's name", (await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(id))).Message,
            StringComparison.Ordinal);

    private async Task RefusedAsync(string message)
    {
        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));
        Assert.StartsWith(message, failure.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Contents());
    }
}
