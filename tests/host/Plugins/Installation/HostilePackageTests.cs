using LlmKick.Plugins.Installation;
using LlmKick.Sdk;

namespace LlmKick.Tests.Plugins.Installation;

/// <summary>Packages that want more than to be installed. Each is offered as a plugin in a feed.</summary>
public sealed class HostilePackageTests : IDisposable
{
    private const string Id = "Contoso.Method";
    private const int Link = unchecked((int)0xA1FF0000);
    private static readonly ArchiveLimits Small = new(Bytes: 1 << 20, Files: 20, UnpackedBytes: 40 << 20, Ratio: 200);

    private readonly InstallationDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Theory]
    [InlineData("../evil.txt", "outside of its folder")]
    [InlineData("plugin/net10.0/../../../evil.txt", "outside of its folder")]
    [InlineData("plugin/net10.0/%2e%2e/%2e%2e/evil.txt", "outside of its folder")]
    [InlineData("plugin/net10.0/./evil.txt", "outside of its folder")]
    [InlineData("/tmp/llmkick-evil.txt", "outside of its folder")]
    [InlineData("plugin//evil.txt", "outside of its folder")]
    [InlineData("C:/evil.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/c:evil.txt", "no file's name on every system")]
    [InlineData("plugin\\net10.0\\..\\evil.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/%5c..%5cevil.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/NUL.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/evil. /a.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/e\u0001vil.txt", "no file's name on every system")]
    [InlineData("plugin/net10.0/ABOUT.txt", "is there twice")]
    [InlineData("plugin/net10.0/%61bout.txt", "is there twice")]
    [InlineData("plugin/net10.0/about.txt/inside.txt", "is a file and a folder")]
    public Task Entry_WithANameThatHarms_IsRefused(string name, string reason) => RefusedAsync(Plugin().With(name, "evil"), reason);

    [Fact]
    public Task Entry_Twice_IsRefused() => RefusedAsync(Plugin().WithAgain("plugin/net10.0/about.txt", "other"), "is there twice");

    [Fact]
    public Task Entry_Link_IsRefused() =>
        RefusedAsync(Plugin().With("plugin/net10.0/link", "/etc/passwd"u8.ToArray(), Link), "is a link or a device");

    [Fact]
    public Task Files_TooMany_AreRefused() =>
        RefusedAsync(Enumerable.Range(0, 20).Aggregate(Plugin(), (package, i) => package.With($"plugin/net10.0/{i}.txt", "")),
            "24 entries, and 20 are the limit");

    [Fact]
    public Task Bomb_ByRatio_IsRefused() =>
        RefusedAsync(Plugin().With("plugin/net10.0/bomb", new byte[30 << 20]), "more than 200 times its own");

    [Fact]
    public Task Bomb_ByBytes_IsRefused() => RefusedAsync(Plugin().With("plugin/net10.0/bomb", new byte[41 << 20]), "are the limit");

    [Fact]
    public Task File_TooLarge_IsRefused() => RefusedAsync(Plugin().With("noise", Noise(1 << 20)), "its file is larger than 1048576 bytes");

    [Theory]
    [InlineData(10, "does not have the length or the checksum that it states")]
    [InlineData(2000, "is shorter than it says")]
    public async Task Entry_OfAnotherLengthThanDeclared_IsRefused(int declared, string reason)
    {
        var package = Plugin().With("plugin/net10.0/liar.txt", new byte[1000]);
        var path = package.WriteTo(desk.Feed);
        File.WriteAllBytes(path, Declare(File.ReadAllBytes(path), "plugin/net10.0/liar.txt", declared));
        await RefusedAsync(reason);
    }

    [Fact]
    public async Task Nuspec_OfAnotherPackage_IsRefused()
    {
        File.Move(TestPackage.Plugin("Other", "1.0.0").WriteTo(desk.Feed), Path.Combine(desk.Feed, "Contoso.Method.1.0.0.nupkg"));
        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));
        Assert.Contains("There is no package Contoso.Method", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(500)]
    public async Task File_CutShort_IsRefused(int length)
    {
        var path = Plugin().WriteTo(desk.Feed);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..length]);
        await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id));
        Assert.Empty(desk.Contents());
    }

    [Fact]
    public async Task File_AnyByteChanged_NeverLeavesAnythingButAPlugin()
    {
        var bytes = Plugin().ToBytes();
        var random = new Random(11);
        for (var i = 0; i < 40; i++)
        {
            var changed = bytes.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)random.Next(1, 256);
            File.WriteAllBytes(Path.Combine(desk.Feed, "Contoso.Method.1.0.0.nupkg"), changed);
            var failure = await Record.ExceptionAsync(() => desk.AddAsync(Id));
            Assert.True(failure is null or LlmKickException, failure?.ToString());
            Assert.Equal(failure is null, desk.Contents().Count > 0);
            if (failure is null)
                Directory.Delete(desk.Plugins, recursive: true);
        }
    }

    private static TestPackage Plugin() => TestPackage.Plugin(Id, "1.0.0");

    private Task RefusedAsync(TestPackage package, string reason)
    {
        desk.Offer(package);
        return RefusedAsync(reason);
    }

    private async Task RefusedAsync(string reason)
    {
        var failure = await Assert.ThrowsAsync<LlmKickException>(() => desk.AddAsync(Id, limits: Small));
        Assert.Contains(reason, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith("Contoso.Method 1.0.0 from '", failure.Message, StringComparison.Ordinal);
        Assert.Empty(desk.Contents());
        Assert.Equal([desk.Feed, desk.Plugins],
            Directory.GetFileSystemEntries(Path.GetDirectoryName(desk.Feed)!).Order(StringComparer.Ordinal));
    }

    private static byte[] Noise(int length)
    {
        var noise = new byte[length];
        new Random(3).NextBytes(noise);
        return noise;
    }

    /// <summary>Writes another unpacked length into the archive's directory and beside the entry.</summary>
    private static byte[] Declare(byte[] archive, string name, int length)
    {
        var text = System.Text.Encoding.UTF8.GetBytes(name);
        foreach (var (signature, lengthAt, nameAt) in new[] { ("PK\u0003\u0004", 22, 30), ("PK\u0001\u0002", 24, 46) })
            for (var i = 0; i + nameAt + text.Length < archive.Length; i++)
                if (archive.AsSpan(i, 4).SequenceEqual(System.Text.Encoding.Latin1.GetBytes(signature))
                    && archive.AsSpan(i + nameAt, text.Length).SequenceEqual(text))
                    BitConverter.GetBytes(length).CopyTo(archive, i + lengthAt);
        return archive;
    }
}
