namespace LlmKick.Tests.Plugins.Installation;

/// <summary>Plugins from a server.</summary>
public sealed class HttpFeedTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private readonly InstallationDesk desk = new();
    private readonly HttpFeed feed = new();

    public void Dispose()
    {
        feed.Dispose();
        desk.Dispose();
    }

    [Fact]
    public void Add_FromAServer_TakesTheNewestThatFits()
    {
        feed.Offer(null, TestPackage.Plugin(Id, "1.0.0").Needs("Contoso.Core", "1.0.0"),
            TestPackage.Plugin(Id, "1.1.0").Needs("Contoso.Core", "1.0.0"), TestPackage.Plugin(Id, "2.0.0", "[2.0, 3.0)"));
        feed.Offer(null, TestPackage.Library("Contoso.Core", "1.0.0").With("lib/net10.0/Contoso.Core.dll", "core"));

        var result = desk.Run("plugin", "add", Id, "--source", feed.Address);

        Assert.Equal((0, $"Contoso.Method 1.1.0 is installed, from '{feed.Address}'.\n", ""), (result.ExitCode, result.Out, result.Error));
        Assert.Equal("core", File.ReadAllText(Path.Combine(desk.Plugins, Id, "Contoso.Core.dll")));
        Assert.Equal((0, "Contoso.Method 1.1.0 is the newest that fits.\n"),
            (desk.Run("plugin", "update").ExitCode, desk.Run("plugin", "update").Out));
    }

    [Fact]
    public void Add_OtherHashThanTheServerStates_IsRefused()
    {
        feed.Offer(Convert.ToBase64String(new byte[64]), TestPackage.Plugin(Id, "1.0.0"));
        Refused($"Contoso.Method 1.0.0 from '{feed.Address}' is refused: the SHA-512 of its file is");
    }

    [Fact]
    public void Add_TwoNuspecs_IsRefused()
    {
        feed.Offer(null, TestPackage.Plugin(Id, "1.0.0").With("Second.nuspec", "<x/>"));
        Refused($"Contoso.Method 1.0.0 from '{feed.Address}' is refused: it has 2 nuspec files");
    }

    [Fact]
    public void Add_UnknownPackage_NamesTheServer() => Refused($"There is no package Contoso.Method in '{feed.Address}'.");

    [Fact]
    public void Add_ServerThatIsNoFeed_IsSaidSo()
    {
        feed.Put("index.json", "<html>Welcome</html>");
        Refused($"The source '{feed.Address}' cannot be used:");
    }

    private void Refused(string message)
    {
        var result = desk.Run("plugin", "add", Id, "--source", feed.Address);
        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith(message, Assert.Single(result.ErrorLines), StringComparison.Ordinal);
        Assert.Empty(desk.Contents());
    }
}
