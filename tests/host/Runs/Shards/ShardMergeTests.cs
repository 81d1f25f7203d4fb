using LlmKick.Runs.Records;
using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs.Shards;

/// <summary>Runs in parts, through the tool.</summary>
public sealed class ShardMergeTests(ShardedRun run) : IClassFixture<ShardedRun>
{
    [Theory]
    [InlineData(2)]
    [InlineData(6)]
    public void Report_AllParts_IsTheWholeRunToTheBit(int count)
    {
        var merged = run.Desk.File($"merged{count}");
        var result = Report(merged, run.Parts(count));
        Assert.True(result.ExitCode == 0, result.Error);
        Assert.Equal(Files(run.Desk.File("whole")), Files(merged));
        Assert.Contains(Path.Combine(merged, "report.html"), result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_InAnyOrderAndTwice_IsTheSame()
    {
        var parts = run.Parts(6).Reverse().ToArray();
        Assert.Equal(0, Report(run.Desk.File("again"), parts).ExitCode);
        Assert.Equal(0, Report(run.Desk.File("again"), parts).ExitCode);
        Assert.Equal(Files(run.Desk.File("whole")), Files(run.Desk.File("again")));
    }

    [Theory]
    [InlineData(new[] { 2 }, "Part 2 of 2 is missing: name the folders of all parts.", 2)]
    [InlineData(new[] { 1, 4, 5 }, "Parts 1, 4, 5 of 6 are missing: name the folders of all parts.", 6)]
    public void Report_MissingParts_SaysWhich(int[] without, string message, int count)
    {
        var result = Report(run.Desk.File("incomplete"), run.Parts(count, without));
        Assert.Equal((1, message), (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public void Report_PartsOfOtherCounts_AreRefused()
    {
        var result = Report(run.Desk.File("mixed"), [run.Parts(2)[0], run.Parts(6)[1]]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("are not parts of one run: the first is of 2 and the other of 6 parts", Assert.Single(result.ErrorLines),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Report_PartAndWholeRun_AreRefused()
    {
        var result = Report(run.Desk.File("mixed"), [run.Parts(2)[0], run.Desk.File("whole")]);
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("put the parts together first", Assert.Single(result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_IntoAPart_IsAWrongCommandLine() => Assert.Equal(2, Report(run.Parts(2)[0], run.Parts(2)).ExitCode);

    [Fact]
    public void Report_DamagedRecordOfAVariant_IsNamed()
    {
        using var desk = run.Desk.Copy();
        string[] parts = [desk.File(ShardedRun.Name(1, 2)), desk.File(ShardedRun.Name(2, 2))];
        foreach (var record in parts.Select(part => new RunFolder(part).VariantRecord("magnitude-0.5")).Where(File.Exists))
            File.WriteAllText(record, "{");
        var result = Report(desk.File("damaged"), parts);
        Assert.Equal((1, $"No part has a record of 'magnitude-0.5' that can be read, "
            + $"'{new RunFolder(parts[0]).VariantRecord("magnitude-0.5")}' or another's: run the part that made it "
            + "again, which computes nothing that is there."),
            (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    [Fact]
    public void Report_DamagedBatch_IsNamed()
    {
        using var desk = run.Desk.Copy();
        string[] parts = [.. Enumerable.Range(1, 6).Select(index => desk.File(ShardedRun.Name(index, 6)))];
        var damaged = parts.First(part => Directory.Exists(new RunFolder(part).Batches("dense", "perplexity")));
        foreach (var batch in Directory.EnumerateFiles(new RunFolder(damaged).Batches("dense", "perplexity")))
            File.WriteAllText(batch, "{");
        var result = Report(desk.File("damaged"), parts);
        Assert.Equal((1, $"'{damaged}' has lost samples of dense/perplexity: give the command that made it again."),
            (result.ExitCode, Assert.Single(result.ErrorLines)));
    }

    private static ToolResult Report(string output, string[] parts) => Tool.Run(["report", .. parts, "--output", output]);

    /// <summary>Everything but compressed weights and what the folder of a part says of itself.</summary>
    private static Dictionary<string, string> Files(string folder) =>
        RunContents.Of(folder).Where(file => !file.Key.Contains("blocks", StringComparison.Ordinal)).ToDictionary();
}
