using LlmKick.Sdk.Files;

namespace LlmKick.Tests.Files;

public sealed class FileFaultTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Explain_NoFile_NamesItAndWhatToDo() =>
        Assert.Equal($"'{folder.File("gone")}' cannot be used: it does not exist: check its name and folder.",
            Told(() => File.ReadAllText(folder.File("gone"))));

    [Fact]
    public void Explain_NoFolder_NamesItAndWhatToDo() =>
        Assert.Equal($"'{folder.File("no", "gone")}' cannot be used: it does not exist: check its name and folder.",
            Told(() => File.ReadAllText(folder.File("no", "gone"))));

    [Fact]
    public void Explain_FolderInsteadOfAFile_SaysSo() =>
        Assert.Equal($"'{folder.Path}' cannot be used: it is a folder, or one that this user may not use: name a file, or give "
            + $"access.", Told(() => File.ReadAllText(folder.Path)));

    [Fact]
    public void Explain_FullDisk_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /dev/full");
        Assert.Equal("'/dev/full' cannot be used: the disk is full: make room, or choose another.",
            Told(() => File.WriteAllText("/dev/full", "x")));
    }

    [Fact]
    public void Explain_LinksInACircle_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs links");
        File.CreateSymbolicLink(folder.File("a"), folder.File("b"));
        File.CreateSymbolicLink(folder.File("b"), folder.File("a"));
        Assert.Equal($"'{folder.File("a")}' cannot be used: its links lead in a circle: mend them.",
            Told(() => File.ReadAllText(folder.File("a"))));
    }

    [Fact]
    public void Explain_FileThatAnotherHolds_SaysSo()
    {
        using var held = new FileStream(folder.File("held"), FileMode.Create, FileAccess.Write, FileShare.None);
        Assert.Equal($"'{folder.File("held")}' cannot be used: another process has it open: wait until it ends.",
            Told(() => File.ReadAllText(folder.File("held"))));
    }

    [Fact]
    public void Explain_WordsOfOurOwn_AreKept() =>
        Assert.Equal("The folder is gone.", FileFault.Explain(new IOException("The folder is gone.")));

    [Fact]
    public void Is_AnotherFault_IsNot() => Assert.False(FileFault.Is(new ArgumentException("x")));

    private static string Told(Action work)
    {
        var failure = Record.Exception(work);
        Assert.True(FileFault.Is(failure!), failure?.ToString());
        return FileFault.Explain(failure!);
    }
}
