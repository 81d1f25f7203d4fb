namespace LlmKick.Tests.Runs;

public sealed class RunCrashTests : IDisposable
{
    // Each row is one folder: kills one after the other, then a run to the end.
    private static readonly string[][] Rows =
    [
        ["compress:1", "block-saved:1", "compress:2", "batch:1", "batch:2", "before-rename:4", "after-rename:5", "batch:1",
            "before-rename:9"],
        ["before-rename:1", "after-rename:1", "batch:3", "compress:3", "block-saved:1", "compress:1", "after-rename:7",
            "batch:1", "batch:1"],
        ["after-rename:3", "batch:2", "block-saved:2", "before-rename:12", "batch:1", "after-rename:11", "block-saved:1",
            "compress:1", "batch:1"],
    ];

    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_KilledInCompressionInBatchAndAtRename_EndsAsIfUndisturbed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        desk.Done("whole");

        Parallel.ForEach(Rows.Index(), row => Kill($"killed-{row.Index}", row.Item));

        var kills = Rows.SelectMany(row => row).CountBy(Kind).ToDictionary();
        Assert.Equal(new Dictionary<string, int> { ["compression"] = 9, ["batch"] = 9, ["rename"] = 9 }, kills);
    }

    [Fact]
    public void Run_KilledFromOutsideAtAnyMoment_EndsAsIfUndisturbed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        desk.Done("whole");
        var random = new Random(7);
        for (var kills = 0; kills < 6;)
            kills += IsKilledAfter(random.Next(100, 1500)) ? 1 : 0;
        desk.Done();
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }

    [Fact]
    public void Run_FilesCutShort_AreMadeAgain()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "exit codes of killed processes differ");
        desk.Done("whole");
        Assert.True(desk.IsKilled("batch:8"));
        var files = Directory.GetFiles(desk.File("out", ".llmkick"), "*.*", SearchOption.AllDirectories);
        Assert.Superset(new HashSet<string?> { ".json", ".safetensors" }, files.Select(Path.GetExtension).ToHashSet());
        foreach (var file in files)
            using (var stream = File.OpenWrite(file))
                stream.SetLength(stream.Length / 2);
        desk.Done();
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
    }

    private void Kill(string output, string[] failpoints)
    {
        foreach (var failpoint in failpoints)
            Assert.True(desk.IsKilled(failpoint, output), $"{output}: the run never came to {failpoint}");
        desk.Done(output);
        RunContents.AssertEqual(desk.File("whole"), desk.File(output));
    }

    private static string Kind(string failpoint) => failpoint.Split(':')[0] switch
    {
        "compress" or "block-saved" => "compression",
        "batch" => "batch",
        _ => "rename",
    };

    /// <summary>Starts a run and kills it; one that ended before is compared and begun anew.</summary>
    private bool IsKilledAfter(int milliseconds)
    {
        using var run = RunProcess.Start(desk);
        if (!run.Ends(milliseconds))
        {
            run.Kill();
            return run.Result().ExitCode == 128 + 9;
        }
        RunContents.AssertEqual(desk.File("whole"), desk.File("out"));
        Directory.Delete(desk.File("out"), recursive: true);
        return false;
    }
}
