using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class AtomicFolderTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Commit_OlderFolder_IsReplacedWhole()
    {
        folder.Write("made/old.txt", "old");
        using (var made = new AtomicFolder(folder.File("made")))
        {
            made.Write("new.txt", stream => stream.Write("new"u8));
            Assert.Equal(["old.txt"], Directory.EnumerateFiles(folder.File("made")).Select(Path.GetFileName));
            made.Commit();
        }
        Assert.Equal(["new.txt"], Directory.EnumerateFiles(folder.File("made")).Select(Path.GetFileName));
        Assert.Equal(["made"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void Dispose_NotCommitted_LeavesNothing()
    {
        using (var made = new AtomicFolder(folder.File("made")))
            made.Write("new.txt", stream => stream.Write("new"u8));
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }

    [Fact]
    public void Create_LeftByAKilledProcess_IsRemoved()
    {
        folder.Write($"made.{Guid.NewGuid():N}.tmp/half.txt", "half");
        folder.Write("other.tmp/kept.txt", "kept");
        using (var made = new AtomicFolder(folder.File("made")))
            made.Commit();
        Assert.Equal(["made", "other.tmp"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }
}
