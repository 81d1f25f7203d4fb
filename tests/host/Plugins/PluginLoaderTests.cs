using LlmKick.Plugins;

namespace LlmKick.Tests.Plugins;

public sealed class PluginLoaderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private PluginCatalog Load() =>
        PluginLoader.Load([.. Directory.GetDirectories(folder.Path).Order(StringComparer.Ordinal).Select(PluginFolder.Open).OfType<PluginFolder>()]);

    [Fact]
    public void Load_PluginOfThisSdk_OffersItsComponents()
    {
        TestPlugin.Build(folder, "Good", TestPlugin.Source("idle"));

        var catalog = Load();

        Assert.Null(Assert.Single(catalog.Plugins).Problem);
        Assert.Equal("idle", Assert.Single(catalog.Components).Name);
    }
}
