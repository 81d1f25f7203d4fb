using LlmKick.Perplexity;
using LlmKick.Sdk;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.Perplexity;

public sealed class WindowsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Samples_NoOverlap_WholeWindowsOnly()
    {
        var windows = await Cut("abcdefghij", options => options with { Window = 4 });
        Assert.Equal(["0:abcd@1", "1:efgh@1"], windows);
    }

    [Fact]
    public async Task Samples_Overlap_OnlyNewTokensScored()
    {
        var windows = await Cut("abcdefghij", options => options with { Window = 4, Stride = 3 });
        Assert.Equal(["0:abcd@1", "1:defg@1", "2:ghij@1"], windows);
        Assert.Equal(["0:abcd@1", "1:bcde@3"], (await Cut("abcdefghij", options => options with { Window = 4, Stride = 1 })).Take(2));
    }

    [Fact]
    public async Task Samples_BosAtStart_OnceAndNeverPredicted() =>
        Assert.Equal(["0:<s>abc@1", "1:defg@1"], await Cut("abcdefghij", options => options with { Window = 4, Bos = BosPlacement.Start }));

    [Fact]
    public async Task Samples_BosInEachWindow_WithinItsLength()
    {
        Assert.Equal(["0:<s>abc@1", "1:<s>def@1", "2:<s>ghi@1"],
            await Cut("abcdefghij", options => options with { Window = 4, Bos = BosPlacement.Window }));
        Assert.Equal(["0:<s>abc@1", "1:<s>bcd@3"],
            (await Cut("abcdefghij", options => options with { Window = 4, Stride = 1, Bos = BosPlacement.Window })).Take(2));
    }

    [Fact]
    public async Task Samples_Limit_FirstOrRandomInOrder()
    {
        var text = new string([.. Enumerable.Range('a', 20).Select(c => (char)c)]);
        Assert.Equal(["0:ab@1", "1:cd@1"], await Cut(text, options => options with { Window = 2, Limit = 2 }));
        var random = await Cut(text, options => options with { Window = 2, Limit = 4, Take = SampleChoice.Random });
        Assert.Equal(4, random.Distinct().Count());
        Assert.Equal(random.Order(), random);
        Assert.NotEqual(await Cut(text, options => options with { Window = 2, Limit = 4 }), random);
    }

    [Fact]
    public async Task Samples_WindowOverContext_SaysBoth()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Cut("abc", options => options with { Window = 4096 }));
        Assert.Contains("4096", error.Message);
        Assert.Contains("1024", error.Message);
    }

    [Fact]
    public async Task Samples_TextTooShort_Says() =>
        Assert.Contains("shorter than one window of 4",
            (await Assert.ThrowsAsync<LlmKickException>(() => Cut("abc", options => options with { Window = 4 }))).Message);

    [Fact]
    public async Task Samples_BosWithoutOne_Says()
    {
        var options = new PerplexityOptions { Text = folder.Write("text.txt", "abcd"), Window = 2, Bos = BosPlacement.Window };
        var error = await Assert.ThrowsAsync<LlmKickException>(() =>
            TaskRun.Samples<WindowSample>(new PerplexityTask(options), TaskRun.Context()));
        Assert.Contains("bos: none", error.Message);
    }

    [Fact]
    public void Validate_StrideOverWindow_Fault()
    {
        var options = new PerplexityOptions { Window = 8, Stride = 8 };
        Assert.Empty(options.Validate());
        Assert.Equal("stride", Assert.Single((options with { Stride = 9 }).Validate()).Key);
        Assert.Single((options with { Bos = BosPlacement.Window }).Validate());
    }

    private async Task<List<string>> Cut(string text, Func<PerplexityOptions, PerplexityOptions> configure)
    {
        var tokenizer = new CharacterTokenizer(hasBos: true);
        var task = new PerplexityTask(configure(new PerplexityOptions { Text = folder.Write("text.txt", text) }));
        var windows = await TaskRun.Samples<WindowSample>(task, TaskRun.Context(tokenizer, 1024));
        return windows.ConvertAll(window => $"{window.Id}:{tokenizer.Decode(window.Tokens)}@{window.ScoreFrom}");
    }
}
