using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using LlmKick.Reports.Content;
using LlmKick.Reports.Html;

namespace LlmKick.Tests.Reports.Html;

public sealed partial class HtmlReportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string page;
    private readonly XDocument parsed;

    public HtmlReportTests()
    {
        page = Write(new StoredRunMaker(folder.Path) { ClusterSize = 3 });
        // What lies between head and scripts is written as XML, and can be read as such.
        parsed = XDocument.Parse("<page>" + Body().Match(page).Groups[1].Value + "</page>");
    }

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Page_Sections_StandInTheOrderOfInterest()
    {
        Assert.Equal(["verdict", "curves", "frontier", "sizes", "flips", "examples", "layers", "facts"],
            parsed.Descendants("section").Select(section => section.Attribute("id")!.Value));
        Assert.All(parsed.Descendants("nav").Descendants("a"), link => Assert.Contains(parsed.Descendants("section"),
            section => "#" + section.Attribute("id")!.Value == link.Attribute("href")!.Value));
        Assert.Equal(8, parsed.Descendants("nav").Descendants("a").Count());
    }

    [Fact]
    public void Page_NeedsNothingElse()
    {
        Assert.DoesNotMatch("""(src|href)\s*=\s*["'](?!#)""", page);
        Assert.DoesNotMatch("""url\(|@import|fetch\(|XMLHttpRequest""", page);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Page_CanBeReadWithoutSight()
    {
        Assert.StartsWith("<!DOCTYPE html>\n<html lang=\"en\">", page, StringComparison.Ordinal);
        Assert.All(parsed.Descendants("table"), table =>
        {
            Assert.NotEmpty(table.Element("caption")!.Value);
            Assert.All(table.Element("thead")!.Descendants("th"), cell => Assert.Equal("col", cell.Attribute("scope")!.Value));
            Assert.All(table.Element("tbody")!.Elements("tr"),
                row => Assert.Equal("row", row.Elements().First().Attribute("scope")!.Value));
            Assert.Equal("0", table.Parent!.Attribute("tabindex")!.Value);
        });
        Assert.All(parsed.Descendants("select").Concat(parsed.Descendants("input")),
            control => Assert.Equal("label", control.Parent!.Name.LocalName));
        Assert.All(parsed.Descendants().Where(one => one.Name.LocalName == "svg"),
            chart => Assert.Equal("img", chart.Attribute("role")!.Value));
        var ids = parsed.Descendants().Select(one => one.Attribute("id")?.Value).OfType<string>().ToList();
        Assert.Equal(ids.Distinct(), ids);
        Assert.Equal(["h1", "h2"], parsed.Descendants().Select(one => one.Name.LocalName)
            .Where(name => Regex.IsMatch(name, "^h[1-6]$")).Take(2));
    }

    [Fact]
    public void Verdicts_HaveWordsAndEveryTolerance()
    {
        var cells = parsed.Descendants("td").Where(cell => cell.Attribute("data-m") is not null).ToList();
        Assert.Equal(4 * 3, cells.Count);
        Assert.All(cells, cell => Assert.Matches("^[0-3]{4}$", cell.Attribute("data-m")!.Value));
        Assert.All(cells, cell => Assert.Matches("^(✓ matching|✗ not matching|\\? undecided|– uninformative)$", cell.Element("b")!.Value));
    }

    [Fact]
    public void Sizes_NameWhatNothingBeats()
    {
        var sizes = parsed.Descendants("section").Single(section => section.Attribute("id")!.Value == "sizes");
        Assert.Equal(["dense", "wanda-0.3", "wanda-0.5", "wanda-0.7", "magnitude-0.5"],
            sizes.Descendants("tbody").First().Elements("tr").Select(row => row.Element("th")!.Value));
        var speeds = sizes.Descendants("tbody").First().Elements("tr").Select(row => row.Elements().Last().Value).ToList();
        Assert.Equal(("none here; reads 256 tokens a second here", "none here"), (speeds[0], speeds[1]));
        Assert.Equal("none here; reads 512 tokens a second here, 2.00 times the dense model's", speeds[4]);
        Assert.Equal(3, sizes.Descendants("figure").Count());
        var note = sizes.Descendants("figure").Select(figure => figure.Element("p")!.Value).First();
        Assert.Matches("^Nothing beats wanda-0.7, .*dense\\.$", note);
    }

    [Fact]
    public void Charts_AreDrawnInThePagesColours_WithTheirNumbers()
    {
        var figures = parsed.Descendants("section").Single(section => section.Attribute("id")!.Value == "curves")
            .Descendants("figure").ToList();
        Assert.Equal(3, figures.Count);
        Assert.All(figures, figure =>
        {
            var svg = figure.Elements().Single(one => one.Name.LocalName == "svg").ToString();
            Assert.Contains("var(--s0)", svg, StringComparison.Ordinal);
            Assert.Contains("var(--text)", svg, StringComparison.Ordinal);
            Assert.DoesNotMatch(@"rgba?\(1,2,", svg);
            Assert.Equal(4, figure.Descendants("tbody").Single().Elements("tr").Count());
        });
    }

    [Fact]
    public void Examples_AreDataThatNoTextCanEnd()
    {
        var data = Examples(page);
        Assert.Equal(["facts", "reading"], data.GetProperty("tasks").EnumerateArray().Select(task => task.GetString()!));
        Assert.Contains("<b>&amp;</script>?", data.GetProperty("questions")[0][0].GetString()!, StringComparison.Ordinal);
        var examples = data.GetProperty("examples").EnumerateArray().ToList();
        Assert.Contains(examples, one => one[2].GetInt32() == 0 && one[4].GetString()!.StartsWith("answer ", StringComparison.Ordinal)
            && one[5].GetString()!.StartsWith("mistake ", StringComparison.Ordinal));
        Assert.Equal(2, Regex.Count(page, "</script>"));
    }

    [Fact]
    public void Page_MadeTwice_IsTheSame()
    {
        using var other = new TemporaryFolder();
        Assert.Equal(page.Replace(folder.Path, "", StringComparison.Ordinal),
            Write(new StoredRunMaker(other.Path) { ClusterSize = 3 }).Replace(other.Path, "", StringComparison.Ordinal));
    }

    [Fact]
    public void Page_OfManySamples_StaysSmall()
    {
        using var other = new TemporaryFolder();
        var few = Write(new StoredRunMaker(folder.Path) { Samples = 500 });
        var many = Write(new StoredRunMaker(other.Path) { Samples = 4000 });
        Assert.InRange(many.Length, 0, 1.3 * few.Length);
        Assert.InRange(Examples(many).GetProperty("examples").GetArrayLength(), 1, 4000);
    }

    [Fact]
    public void Text_AnyCharacters_AreWritten()
    {
        Assert.Equal("<p>a&#x1B;[31m &lt;b&gt;\n</p>", Markup.Text(new XElement("p", "a\e[31m <b>\n")));
        Assert.Equal("<div><td></td><br /></div>", Markup.Text(new XElement("div", new XElement("td"), new XElement("br"))));
    }

    private static string Write(StoredRunMaker maker)
    {
        using var writer = new StringWriter();
        HtmlReport.Write(writer, Report.Of(maker.Write()));
        return writer.ToString();
    }

    private static JsonElement Examples(string page) => JsonDocument.Parse(Data().Match(page).Groups[1].Value).RootElement.Clone();

    [GeneratedRegex("<body>(.*?)<script", RegexOptions.Singleline)]
    private static partial Regex Body();

    [GeneratedRegex("""id="examples-data">(.*?)</script>""", RegexOptions.Singleline)]
    private static partial Regex Data();
}
