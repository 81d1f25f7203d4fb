using Microsoft.Playwright;

namespace LlmKick.Tests.Reports.Html;

/// <summary>A report in a browser, with what the browser says about it.</summary>
internal sealed class OpenPage : IAsyncDisposable
{
    private readonly string url;

    public OpenPage(IPage page, string file)
    {
        (Page, url) = (page, new Uri(file).AbsoluteUri);
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
    }

    public IPage Page { get; }

    /// <summary>Everything in the console, and every error of a script.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Everything that was asked for besides the file.</summary>
    public List<string> Requests { get; } = [];

    public async Task LoadAsync()
    {
        await Page.GotoAsync(url);
        Requests.Remove(url);
    }

    /// <summary>A picture, where a person wants to look: in the folder that LLMKICK_SCREENSHOTS names.</summary>
    public async Task PictureAsync(string name)
    {
        if (Environment.GetEnvironmentVariable("LLMKICK_SCREENSHOTS") is { } folder)
            await Page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(folder, name + ".png"), FullPage = true });
    }

    /// <summary>Whether the page itself scrolls sideways.</summary>
    public Task<bool> ScrollsSidewaysAsync() =>
        Page.EvaluateAsync<bool>("document.documentElement.scrollWidth > document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await Page.Context.DisposeAsync();
}
