using System.Diagnostics;
using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using LlmKick.Runs.Results;

namespace LlmKick.Tests.Reports.Html;

/// <summary>The size that reports are made for.</summary>
[Trait("Category", "Full")]
public sealed class LargeReportTests(ITestOutputHelper output)
{
    [Fact]
    public void Write_TwentyVariantsTenTasks_IsQuickAndSmall()
    {
        using var folder = new TemporaryFolder();
        new StoredRunMaker(folder.Path)
        {
            Samples = 14_000,
            Tasks = [.. Enumerable.Range(0, 10).Select(i => $"task-{i}")],
            Variants = [.. Enumerable.Range(0, 19).Select(i => ($"method{i % 4}", Math.Round(0.1 + 0.04 * i, 2), i * 2))],
        }.Write();
        // Processor time: other processes that keep the machine busy do not make a report slow.
        using var process = Process.GetCurrentProcess();
        var (watch, before) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        HtmlReport.Write(folder.File("report.html"), Report.Of(RunResults.Read(folder.Path)));
        var size = new FileInfo(folder.File("report.html")).Length;
        process.Refresh();
        var seconds = (process.TotalProcessorTime - before).TotalSeconds;
        output.WriteLine($"{seconds:0.0} s of the processor, {watch.Elapsed.TotalSeconds:0.0} s in all, {size / 1e6:0.0} MB");
        Assert.InRange(seconds, 0, 20);
        Assert.InRange(size, 1, 15_000_000);
    }
}
