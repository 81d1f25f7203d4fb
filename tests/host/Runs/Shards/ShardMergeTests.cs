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

    private static ToolResult Report(string output, string[] parts) => Tool.Run(["report", .. parts, "--output", output]);

    /// <summary>Everything but compressed weights and what the folder of a part says of itself.</summary>
    private static Dictionary<string, string> Files(string folder) =>
        RunContents.Of(folder).Where(file => !file.Key.Contains("blocks", StringComparison.Ordinal)).ToDictionary();
}
