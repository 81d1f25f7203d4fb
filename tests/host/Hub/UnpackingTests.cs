using System.Formats.Tar;
using System.IO.Compression;
using LlmKick.Hub;
using LlmKick.Sdk;

namespace LlmKick.Tests.Hub;

public sealed class UnpackingTests : IDisposable
{
    private readonly HubDesk desk = new();

    [Theory]
    [InlineData("a.zip")]
    [InlineData("a.tar")]
    [InlineData("a.tar.gz")]
    [InlineData("a.tgz")]
    public async Task Fetch_FolderOfAnArchive_IsUnpacked(string name)
    {
        var archive = Archive(name, ("data/test/x.csv", "1"), ("data/dev/x.csv", "2"));
        var address = $"{desk.Server.Put(name, archive)}!data#sha256={HubServer.Sha256(archive)}";
        var place = await desk.FetchAsync(HubDesk.Data(address));
        Assert.Equal(["dev/x.csv", "test/x.csv"], Directory.GetFiles(place, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(place, file).Replace('\\', '/')).Order());
        Assert.Equal("1", await File.ReadAllTextAsync(Path.Combine(place, "test", "x.csv"), TestContext.Current.CancellationToken));
        var fault = Assert.Throws<LlmKickException>(() => desk.Find(HubDesk.Data(address.Replace("!data#", "!date#"))));
        Assert.Contains($"'{name}' has no 'date'; did you mean 'data'? At its top it has data.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fetch_ArchiveOfTheHub_IsUnpackedAndNamesItsCommit()
    {
        var contents = desk.Server.Add("datasets/made/data", ("sub/a.zip", Archive("a.zip", ("wiki/test.raw", "text"))));
        var place = await desk.FetchAsync(HubDesk.Data("hub:made/data/sub/a.zip!wiki/test.raw"));
        Assert.Equal("text", await File.ReadAllTextAsync(place, TestContext.Current.CancellationToken));
        Assert.Equal($"hub:made/data@{contents.Commit}/sub/a.zip!wiki/test.raw", HubCache.AddressOf(place));
    }

    [Fact]
    public async Task Fetch_CompressedFile_GetsTheNameThatIsAskedFor()
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionMode.Compress, leaveOpen: true))
            zip.Write("{\"text\":\"a\"}\n"u8);
        desk.Server.Add("datasets/made/data", ("en/c4.json.gz", packed.ToArray()));
        var place = await desk.FetchAsync(HubDesk.Data("hub:made/data/en/c4.json.gz!c4.jsonl"));
        Assert.EndsWith("c4.jsonl", place, StringComparison.Ordinal);
        Assert.Equal("{\"text\":\"a\"}\n", await File.ReadAllTextAsync(place, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("../x", "would leave its folder")]
    [InlineData("/x", "would leave its folder")]
    [InlineData("a\\..\\x", "would leave its folder")]
    public async Task Fetch_TarThatLeavesItsFolder_IsRefused(string entry, string reason) =>
        await RefusedAsync("a.tar", Archive("a.tar", (entry, "1")), reason);

    [Fact]
    public async Task Fetch_HostileArchive_IsRefused()
    {
        await RefusedAsync("a.zip", Archive("a.zip", ("../x", "1")), "would be written outside of its folder");
        using var link = new MemoryStream();
        await using (var writer = new TarWriter(link, leaveOpen: true))
            writer.WriteEntry(new PaxTarEntry(TarEntryType.SymbolicLink, "data") { LinkName = "/etc" });
        await RefusedAsync("a.tar", link.ToArray(), "is a link or a device");
        await RefusedAsync("a.tar", Archive("a.tar", ("x", "1"), ("x", "2")), "is there twice, or a file and a folder");
        await RefusedAsync("a.tar", Archive("a.tar", ("x", "1"), ("x/y", "2")), "is there twice, or a file and a folder");
        await RefusedAsync("a.tar", "no archive"u8.ToArray(), "it is damaged, or no archive of its kind");
        await RefusedAsync("a.gz", "no archive"u8.ToArray(), "it is damaged, or no archive of its kind");
        await RefusedAsync("a.rar", "no archive"u8.ToArray(), "its name does not end as that of an archive");
    }

    [Fact]
    public async Task Fetch_ArchiveThatWouldFillTheDisk_IsRefused()
    {
        using var packed = new MemoryStream();
        await using (var zip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            for (var i = 0; i < 80; i++)
                zip.Write(new byte[1 << 20]);
        await RefusedAsync("a.gz", packed.ToArray()[..], "it unpacks to more than");
    }

    public void Dispose() => desk.Dispose();

    private async Task RefusedAsync(string name, byte[] archive, string reason)
    {
        var address = HubDesk.Data($"{desk.Server.Put(name, archive)}!data#sha256={HubServer.Sha256(archive)}");
        Assert.Contains(reason, (await Assert.ThrowsAsync<LlmKickException>(() => desk.FetchAsync(address))).Message,
            StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(desk.Settings.DownloadFolder, "*.unpacked*"));
    }

    private static byte[] Archive(string name, params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();
        if (name.EndsWith(".zip", StringComparison.Ordinal))
            using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
                foreach (var (path, text) in files)
                {
                    using var entry = new StreamWriter(zip.CreateEntry(path).Open());
                    entry.Write(text);
                }
        else
        {
            using var packed = name.EndsWith("gz", StringComparison.Ordinal)
                ? new GZipStream(stream, CompressionMode.Compress, leaveOpen: true) : (Stream)stream;
            using (var tar = new TarWriter(packed, leaveOpen: true))
                foreach (var (path, text) in files)
                    tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, path)
                    {
                        DataStream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)),
                    });
            packed.Flush();
            if (packed != stream)
                packed.Dispose();
        }
        return stream.ToArray();
    }
}
