using LlmKick.Storage;

namespace LlmKick.Tests.Storage;

public sealed class ContentHashTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public void Of_Pattern_IsOfItsFilesAlone()
    {
        var hashes = new CachedHash(new FactCache(folder.File("cache")));
        folder.Write("set/test-1.parquet", "one");
        folder.Write("set/test-2.parquet", "two");
        var pattern = Path.Combine(folder.File("set"), "test-*.parquet");
        var one = hashes.Of(pattern);

        folder.Write("set/train-1.parquet", "three");
        Assert.Equal(one, hashes.Of(pattern));

        folder.Write("set/test-2.parquet", "another");
        Assert.NotEqual(one, hashes.Of(pattern));
    }

    [Fact]
    public void OfPlugin_NativesOfOtherPlatforms_CountAsTheSameBuild()
    {
        var hashes = new CachedHash(new FactCache(folder.File("cache")));
        folder.Write("plugin/plugin.dll", "build");
        folder.Write("plugin/runtimes/linux-x64/native/library.so", "one");
        var one = hashes.OfPlugin(folder.File("plugin"));

        folder.Write("plugin/runtimes/win-x64/native/library.dll", "two");
        Assert.Equal(one, hashes.OfPlugin(folder.File("plugin")));

        folder.Write("plugin/plugin.dll", "another build");
        Assert.NotEqual(one, hashes.OfPlugin(folder.File("plugin")));
    }

    public void Dispose() => folder.Dispose();
}
