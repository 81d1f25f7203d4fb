using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

public sealed class RunFolderTests : IDisposable
{
    private const string Recipe = """
        name: tiny
        model: { transformers: { path: model } }
        variants: [dense, magnitude: { sparsity: 0.5 }]
        tasks:
          - perplexity: { text: text.txt, window: 16 }
          - mmlu: { path: mmlu, shots: 0, subjects: [anatomy] }
        """;

    private readonly RunDesk desk = new(Recipe);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_FolderOfAnotherRun_IsRefusedUntilThatEndsHoweverItEnds()
    {
        desk.Write("text.txt", RunDesk.Words(1, 40_000));
        using var first = RunProcess.Start(desk);
        first.WaitFor(desk.File("out", ".llmkick", "batches", "dense", "perplexity", "00000.json"));

        var second = desk.Run();
        Assert.Equal((1, ""), (second.ExitCode, second.Out));
        Assert.Equal($"'{desk.File("out")}' is in use by another run (process {first.Id}). Wait until it ends, or choose another folder "
            + $"with --output.", Assert.Single(second.ErrorLines));
        Assert.Equal(0, Tool.Run(desk.Environment, "plan", desk.File("recipe.yaml"), "--output", desk.File("out")).ExitCode);
        Assert.False(first.Ends(0));

        first.Kill();
        first.Result();
        desk.Done("out", "--set", "tasks[0].perplexity.limit=5");
    }

    [Fact]
    public void Run_FolderThatIsNoRun_IsRefusedAndLeftAlone()
    {
        desk.Write("out/thesis.txt", "years of work");
        desk.Write("out/draft.tmp", "more");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"'{desk.File("out")}' holds something that is no run of llmkick. Choose an empty or new folder with --output.",
            Assert.Single(result.ErrorLines));
        Assert.Equal(["draft.tmp", "thesis.txt"],
            Directory.GetFileSystemEntries(desk.File("out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Run_OthersTemporaryFileInItsFolder_Stays()
    {
        desk.Done("out", "--only", "dense/mmlu");
        desk.Write("out/notes.tmp", "mine");
        desk.Write($"out/results.json.{new string('a', 32)}.tmp", "half a document");
        desk.Done("out", "--only", "dense/mmlu");
        Assert.Equal([desk.File("out", "notes.tmp")], Directory.GetFiles(desk.File("out"), "*.tmp"));
    }

    [Fact]
    public void Run_FileInPlaceOfItsFolder_IsRefused()
    {
        desk.Write("out", "a file");
        var result = desk.Run();
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("holds something that is no run", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FolderThatCannotBeMade_SaysSo()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc");
        var result = Tool.Run(desk.Environment, "run", desk.File("recipe.yaml"), "--output", "/proc/llmkick");
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        Assert.StartsWith("'/proc/llmkick' cannot be written: ", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_FileThatCannotBeReplaced_EndsAndGoesOnLater()
    {
        // A file in a folder's place stops root too, whom missing permissions do not.
        desk.Done("whole");
        desk.Done("out", "--only", "dense/mmlu");
        desk.Write("out/layers", "");
        AssertStopped(desk.Run());
        File.Delete(desk.File("out", "layers"));
        AssertGoesOn();
    }

    [Fact]
    public void Run_FullDisk_EndsAndGoesOnLater()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs tmpfs");
        desk.Done("whole");
        Directory.CreateDirectory(desk.File("out"));
        Assert.SkipUnless(Tool.Shell($"mount -t tmpfs -o size=1m none '{desk.File("out")}'").ExitCode == 0, "needs the right to mount");
        try
        {
            desk.Done("out", "--only", "dense/mmlu");
            Tool.Shell($"dd if=/dev/zero of='{desk.File("out", "filler")}' bs=1k count=800");
            AssertStopped(desk.Run());
            File.Delete(desk.File("out", "filler"));
            Tool.Shell($"mount -o remount,size=64m '{desk.File("out")}'");
            AssertGoesOn();
        }
        finally
        {
            Tool.Shell($"umount '{desk.File("out")}'");
        }
    }

    [Fact]
    public void Run_FileSizeLimit_EndsAndGoesOnLater()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs ulimit");
        desk.Done("whole");
        desk.Done("out", "--only", "dense/mmlu");
        // In units of 1,024 bytes: not enough for a batch of windows. The runtime keeps machine code in a file unless told not to.
        AssertStopped(desk.RunAfter("export DOTNET_EnableWriteXorExecute=0; trap '' XFSZ; ulimit -f 16"));
        AssertGoesOn();
    }

    private static void AssertStopped(ToolResult result)
    {
        Assert.Equal((1, ""), (result.ExitCode, result.Out));
        var last = result.ErrorLines[^1];
        Assert.Contains("cannot be written: ", last, StringComparison.Ordinal);
        Assert.Contains("What was finished before is kept", last, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", result.Error, StringComparison.Ordinal);
    }

    private void AssertGoesOn()
    {
        var before = RunUnits.Of(desk.File("out"));
        desk.Done();
        Assert.Contains("dense/mmlu", before.Keys);
        Assert.DoesNotContain("dense/mmlu", RunUnits.Made(before, desk.File("out")));
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }
}
