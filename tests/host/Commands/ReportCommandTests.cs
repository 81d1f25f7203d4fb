using LlmKick.Tests.Reports;

namespace LlmKick.Tests.Commands;

public sealed class ReportCommandTests : IDisposable
{
    private readonly TemporaryFolder first = new();
    private readonly TemporaryFolder second = new();

    public ReportCommandTests() => new StoredRunMaker(first.Path).Write();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Report_Folder_WritesTheReportBesideTheResults()
    {
        var result = Tool.Run("report", first.Path);
        Assert.Equal((0, ""), (result.ExitCode, result.Out));
        Assert.Contains(first.File("report.html"), result.Error, StringComparison.Ordinal);
        Assert.Contains("wanda-0.7", File.ReadAllText(first.File("report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_TwoFolders_ComparesWithTheDenseModelOfEither()
    {
        new StoredRunMaker(second.Path) { Name = "other", Variants = [("sparsegpt", 0.5, 5)] }.Write();
        var result = Tool.Run("report", first.Path, second.Path, "--output", second.File("both.html"));
        Assert.True(result.ExitCode == 0, result.Error);
        var page = File.ReadAllText(second.File("both.html"));
        Assert.Contains("made + other", page, StringComparison.Ordinal);
        Assert.Contains("sparsegpt-0.5", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Report_Markdown_IsOneTableOfVariantsAndTasks()
    {
        var lines = Tool.Run("report", first.Path, "--markdown").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2 + 5, lines.Length);
        Assert.StartsWith("| variant | sparsity | bits | size | facts (exact_match) | reading (exact_match) | perplexity (perplexity) |",
            lines[0], StringComparison.Ordinal);
        Assert.All(lines, line => Assert.Equal(8, line.Count(letter => letter == '|')));
        Assert.Matches("^\\| wanda-0\\.7 \\| 70 % \\| 5\\.50 \\| 950\\.0 kB \\| 0\\.[0-9]{3} \\[.*; [0-9.]+ % ✗ \\|", lines[5]);
        Assert.False(File.Exists(first.File("report.html")));
    }

    [Fact]
    public void Report_Csv_HasEveryMetricInFull()
    {
        var lines = Tool.Run("report", first.Path, "--csv").Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1 + 5 * 3, lines.Length);
        Assert.All(lines, line => Assert.Equal(21, line.Split(',').Length));
        Assert.StartsWith("wanda-0.7,wanda,0.7,5.5,950000,370000,facts,exact_match,60,", lines.Single(line =>
            line.StartsWith("wanda-0.7,wanda,0.7,5.5,950000,370000,facts", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Report_BothTables_IsAWrongCommandLine() => Assert.Equal(2, Tool.Run("report", first.Path, "--csv", "--markdown").ExitCode);

    [Fact]
    public void Report_NoRun_SaysWhatToName()
    {
        var result = Tool.Run("report", second.Path);
        Assert.Equal(1, result.ExitCode);
        Assert.Equal($"'{second.Path}' has no results.json: name the folder of a run, such as runs/quickstart.",
            Assert.Single(result.ErrorLines));
    }
}
