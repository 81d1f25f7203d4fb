using LlmKick.Reports.Content;
using LlmKick.Reports.Html;
using Microsoft.Playwright;

namespace LlmKick.Tests.Reports.Html;

/// <summary>The report as a reader meets it, in a real browser.</summary>
public sealed class BrowserTests : IClassFixture<Chromium>, IDisposable
{
    /// <summary>What is drawn above or below its own chart.</summary>
    private const string Outside = """
        [...document.querySelectorAll("figure svg")].flatMap(svg => [...svg.querySelectorAll("line, polyline, polygon, path, text")].filter(one => {
          const [chart, box] = [svg.getBoundingClientRect(), one.getBoundingClientRect()];
          return box.width + box.height > 0 && (box.top < chart.top - 1 || box.bottom > chart.bottom + 1);
        }).map(one => one.outerHTML)).join("\n")
        """;

    private readonly Chromium chromium;
    private readonly TemporaryFolder folder = new();

    public BrowserTests(Chromium chromium)
    {
        this.chromium = chromium;
        Write(new StoredRunMaker(folder.Path) { ClusterSize = 3 });
    }

    private string Report => folder.File("report.html");

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 360)]
    [InlineData(ColorScheme.Dark, 360)]
    public async Task Page_Opened_ShowsTheVerdictAndAsksForNothing(ColorScheme scheme, int width)
    {
        await using var open = await chromium.OpenAsync(Report, scheme, width);
        Assert.Equal("verdict", await open.Page.Locator("main section").First.GetAttributeAsync("id"));
        Assert.True(await open.Page.Locator("#verdict table").IsVisibleAsync());
        Assert.InRange(await open.Page.Locator("figure svg").CountAsync(), 3, 10);
        Assert.Equal("", await open.Page.EvaluateAsync<string>(Outside));
        Assert.False(await open.ScrollsSidewaysAsync());
        Assert.Empty(open.Complaints);
        Assert.Empty(open.Requests);
        await open.PictureAsync($"{scheme}-{width}");
    }

    [Fact]
    public async Task Page_LightAndDark_AreReadable()
    {
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            await using var open = await chromium.OpenAsync(Report, scheme);
            foreach (var selector in new[] { "body", ".note", "a", ".matching b, .not b, .undecided b", "small", "caption" })
                Assert.True(await ContrastAsync(open.Page, selector) >= 4.5, $"{selector} is hard to read in {scheme}");
        }
    }

    [Fact]
    public async Task Examples_Filtered_AreThoseThatFlippedSo()
    {
        await using var open = await chromium.OpenAsync(Report);
        foreach (var flip in await open.Page.Locator("#filter-flip option").AllInnerTextsAsync())
        {
            await open.Page.SelectOptionAsync("#filter-flip", new SelectOptionValue { Label = flip });
            await open.Page.SelectOptionAsync("#filter-task", new SelectOptionValue { Label = "reading" });
            var headings = await open.Page.Locator("#example-list h3").AllInnerTextsAsync();
            Assert.NotEmpty(headings);
            Assert.All(headings, heading => Assert.Contains("reading", heading, StringComparison.Ordinal));
            Assert.All(headings, heading => Assert.EndsWith(flip == "all" ? "" : flip, heading, StringComparison.Ordinal));
            Assert.StartsWith($"{headings.Count} of ", await open.Page.Locator("#example-count").InnerTextAsync(),
                StringComparison.Ordinal);
        }
        Assert.Contains("<b>&amp;</script>?", await open.Page.Locator("#example-list pre").First.InnerTextAsync(),
            StringComparison.Ordinal);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Page_Keyboard_ReachesEverything()
    {
        await using var open = await chromium.OpenAsync(Report);
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Skip to the verdict", await FocusedAsync(open.Page));
        Assert.True(await open.Page.Locator(".skip").EvaluateAsync<bool>("one => one.getBoundingClientRect().left >= 0"));
        await open.Page.Keyboard.PressAsync("Enter");
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("tolerance", await open.Page.EvaluateAsync<string>("document.activeElement.name"));
        await open.Page.Keyboard.PressAsync("ArrowRight");
        await Assertions.Expect(open.Page.Locator("#verdict caption")).ToHaveTextAsync("Verdicts, within 10 %");
        await open.Page.Keyboard.PressAsync("Tab");
        Assert.Equal("Verdicts, within 10 %", await open.Page.EvaluateAsync<string>("document.activeElement.getAttribute('aria-label')"));

        await open.Page.SelectOptionAsync("#filter-flip", new SelectOptionValue { Label = "all" });
        await open.Page.Locator("#example-more").FocusAsync();
        await open.Page.Keyboard.PressAsync("Enter");
        Assert.Equal(20, await open.Page.Locator("#example-list article").CountAsync());
        Assert.Equal(10,
            await open.Page.EvaluateAsync<int>("[...document.querySelectorAll('#example-list article')].indexOf(document.activeElement)"));
    }

    [Fact]
    public async Task Page_Printed_IsWholeAndWithoutControls()
    {
        await using var open = await chromium.OpenAsync(Report);
        await open.Page.EvaluateAsync(
            "addEventListener('beforeprint', () => window.openOnPaper = document.querySelectorAll('details:not([open])').length)");
        var printed = await open.Page.PdfAsync(new PagePdfOptions { Format = "A4" });
        Assert.Equal("%PDF", System.Text.Encoding.ASCII.GetString(printed, 0, 4));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("window.openOnPaper"));
        Assert.NotEqual(0, await open.Page.Locator("details:not([open])").CountAsync());

        await open.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print, ColorScheme = ColorScheme.Dark });
        Assert.False(await open.Page.Locator("nav").IsVisibleAsync());
        Assert.False(await open.Page.Locator("#tolerances").IsVisibleAsync());
        Assert.Equal("#1a7f37",
            await open.Page.EvaluateAsync<string>("getComputedStyle(document.documentElement).getPropertyValue('--good')"));
        Assert.Equal("rgb(255, 255, 255)", await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor"));
        await open.PictureAsync("print");
    }

    [Fact]
    public async Task Page_TwentyVariantsTenTasks_CanBeUsed()
    {
        Write(new StoredRunMaker(folder.Path)
        {
            Samples = 400,
            Tasks = [.. Enumerable.Range(0, 10).Select(i => $"task-{i}")],
            Variants = [.. Enumerable.Range(0, 19).Select(i => ($"method{i % 4}", Math.Round(0.1 + 0.04 * i, 2), i * 2))],
        });
        foreach (var width in new[] { 1280, 360 })
        {
            await using var open = await chromium.OpenAsync(Report, width: width);
            Assert.False(await open.ScrollsSidewaysAsync());
            await open.Page.SelectOptionAsync("#filter-variant", new SelectOptionValue { Label = "method2-0.5" });
            Assert.All(await open.Page.Locator("#example-list h3").AllInnerTextsAsync(),
                heading => Assert.Contains("method2-0.5", heading, StringComparison.Ordinal));
            Assert.Empty(open.Complaints);
            await open.PictureAsync($"large-{width}");
        }
    }

    private void Write(StoredRunMaker maker) => HtmlReport.Write(Report, LlmKick.Reports.Content.Report.Of(maker.Write()));

    private static Task<string> FocusedAsync(IPage page) => page.EvaluateAsync<string>("document.activeElement.textContent.trim()");

    /// <summary>The least contrast of a text with the page (WCAG 2).</summary>
    private static Task<double> ContrastAsync(IPage page, string selector) => page.EvaluateAsync<double>(
        """
        selector => {
          const light = color => color.match(/[\d.]+/g).slice(0, 3).map(c => c / 255).map(c => c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4).reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
          const page = light(getComputedStyle(document.body).backgroundColor);
          return Math.min(...[...document.querySelectorAll(selector)].map(one => light(getComputedStyle(one).color)).map(text => (Math.max(text, page) + 0.05) / (Math.min(text, page) + 0.05)));
        }
        """, selector);
}
