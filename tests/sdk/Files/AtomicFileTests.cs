using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class AtomicFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("llmkick-").FullName;

    private string Target => Path.Combine(folder, "new", "file.txt");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Commit_NewFile_AppearsWholeAndAlone()
    {
        using (var file = new AtomicFile(Target))
        {
            file.Stream.Write("content"u8);
            Assert.False(File.Exists(Target));
            file.Commit();
        }
        Assert.Equal("content", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Dispose_NotCommitted_LeavesTheOldFile()
    {
        Write("old");
        using (var file = new AtomicFile(Target))
            file.Stream.Write("half"u8);
        Assert.Equal("old", File.ReadAllText(Target));
        Assert.Equal([Target], Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public void Commit_OldFile_IsReplaced()
    {
        Write("an older and longer content");
        Write("new");
        Assert.Equal("new", File.ReadAllText(Target));
    }

    [Fact]
    public void LeftoverPattern_MatchesWhatAKilledProcessLeavesAndNothingElse()
    {
        using var file = new AtomicFile(Target);
        File.WriteAllText(Path.Combine(folder, "notes.tmp"), "");
        var leftover = Assert.Single(Directory.GetFiles(folder, AtomicFile.LeftoverPattern, SearchOption.AllDirectories));
        Assert.Equal(file.Stream.Name, leftover);
    }

    [Fact]
    public void Commit_FolderInItsPlace_FailsAndLeavesNothing()
    {
        Directory.CreateDirectory(Target);
        Assert.ThrowsAny<SystemException>(() => Write("content"));
        Assert.Empty(Directory.GetFiles(folder, "*", SearchOption.AllDirectories));
    }

    private void Write(string text)
    {
        using var file = new AtomicFile(Target);
        using (var writer = new StreamWriter(file.Stream, leaveOpen: true))
            writer.Write(text);
        file.Commit();
    }
}
