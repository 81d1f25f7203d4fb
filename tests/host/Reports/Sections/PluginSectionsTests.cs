using LlmKick.Options;
using LlmKick.Plugins;
using LlmKick.Reports;
using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using LlmKick.Reports.Sections;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Reports;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlmKick.Tests.Reports.Sections;

public sealed class PluginSectionsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RunResults run;

    public PluginSectionsTests() => run = new StoredRunMaker(folder.Path).Write();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Make_Table_IsDrawnEscapedInHtmlAndMarkdown()
    {
        var report = Report(("mine", _ => new ReportSection("A <b>title</b>", "What | it is.",
            [new ReportTable("Cap", ["a", "b"], [["<i>x</i>", "1|2"]]), new ReportText("**bold**\u0001")])));
        var page = Page(report);
        Assert.Contains("<section id=\"plugin-mine\"", page, StringComparison.Ordinal);
        Assert.Contains("A &lt;b&gt;title&lt;/b&gt;", page, StringComparison.Ordinal);
        Assert.Contains("<td>1|2</td>", page, StringComparison.Ordinal);
        Assert.Contains("<p>**bold**\ufffd</p>", page, StringComparison.Ordinal);
        var lines = PaperTables.Markdown(report).ToList();
        Assert.Contains(@"## A \<b\>title\</b\>", lines);
        Assert.Contains(@"| \<i\>x\</i\> | 1\|2 |", lines);
    }

    [Fact]
    public void Make_Chart_IsDrawnWithItsNumbers()
    {
        var page = Page(Report(("mine", _ => new ReportSection("Chart", "Lines.",
            [new ReportChart("Errors", "block", "error", [new ReportLine("wanda", [(0, 0.25), (1, double.NaN), (2, 0.5)])])]))));
        Assert.Contains("aria-label=\"Errors\"", page, StringComparison.Ordinal);
        Assert.Contains("<td>0.250</td>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page[page.IndexOf("plugin-mine", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public void Make_SectionThatFails_CostsItselfAlone()
    {
        var report = Report(("bad", _ => throw new InvalidOperationException("no\nway")),
            ("wide", _ => new ReportSection("Wide", "", [new ReportTable("T", ["a"], [["1", "2"]])])), ("none", _ => null),
            ("good", _ => new ReportSection("Good", "All is well.", [])));
        var page = Page(report);
        Assert.Equal(["bad", "wide", "good"], report.Sections.Select(one => one.Name));
        Assert.Contains("The plugin 'Stranger' failed to make the section 'bad': InvalidOperationException: no<", page,
            StringComparison.Ordinal);
        Assert.Contains("The table 'T' has a row of 2 cells under 1 headings.", page, StringComparison.Ordinal);
        Assert.Contains("All is well.", page, StringComparison.Ordinal);
    }

    [Fact]
    public void View_HasTasksVariantsMetricsLayersAndSamples()
    {
        var seen = RunViews.Of(run);
        Assert.Equal(["facts", "reading", "perplexity"], seen.Tasks.Select(task => task.Name));
        var wanda = seen.Variants.Single(variant => variant.Name == "wanda-0.5");
        Assert.Equal(("wanda", 0.5, 0.5), (wanda.Compressors[0].Name, (double)wanda.Compressors[0].Options["sparsity"]!, wanda.Sparsity));
        Assert.Equal(run.Find("wanda-0.5")!.Metric("facts", "exact_match")!.Value, wanda.Metric("facts", "exact_match")!.Value);
        var samples = wanda.Find("facts")!.Samples.ToList();
        Assert.Equal(60, samples.Count);
        Assert.Equal("0", samples[0].Id);
        Assert.StartsWith(" ", Assert.IsType<GenerateResponse>(samples[0].Responses[0]).Text, StringComparison.Ordinal);
        Assert.Equal(2, wanda.Find("perplexity")!.Samples.Skip(1).First().Weight);
    }

    private Report Report(params (string Name, Func<RunView, ReportSection?> Make)[] sections) =>
        LlmKick.Reports.Content.Report.Of(run, new PluginSections(sections.Select(one => new PluginComponent(PluginKind.ReportSection,
            one.Name, "", OptionSetReader.Read(typeof(Nothing)), _ => one.Make, new PluginStatus("Stranger", null, "", null, null))),
            NullLogger.Instance));

    private static string Page(Report report)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(writer, report);
        return writer.ToString();
    }

    private sealed record Nothing;
}
