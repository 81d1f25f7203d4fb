using LlmKick.Kick.Summarization;
using LlmKick.Sdk;
using LlmKick.Sdk.Chat;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.Summarization;

public sealed class SummarizationTaskTests : IDisposable
{
    private const string Stories = """
        {"question_id": 1, "text": "Summarize.\n\nThe cat sat on the mat all day.@highlightThe cat sat", "category": "small"}
        {"question_id": 2, "text": "Summarize.\n\nNothing happened.", "category": "mid"}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(HighlightUse.Strip, "USER: Summarize.\n\nThe cat sat on the mat all day. ASSISTANT:")]
    [InlineData(HighlightUse.Keep, "USER: Summarize.\n\nThe cat sat on the mat all day.@highlightThe cat sat ASSISTANT:")]
    internal async Task Next_HighlightsStrippedOrKept(HighlightUse use, string expected)
    {
        var task = new SummarizationTask(Options() with { Highlights = use, Chat = new ChatOptions { Template = "vicuna" } });
        Assert.Equal(expected, ((GenerateRequest)Assert.Single(task.Next((await Samples(task))[0], []))).Prompt.Text);
    }

    [Fact]
    public async Task Score_ComparesWithHighlightsAndStory()
    {
        var task = new SummarizationTask(Options());
        var samples = await Samples(task);
        var values = (await TaskRun.Score(task, samples[0], _ => Answer("The cat sat on the mat, the cat sat on the sofa."))).Values;
        Assert.Equal(0.4, values["rouge1"], 1e-12); // 3 of 12 words are the highlights' 3
        Assert.Equal(12.0 / 8, values["compression_rate"], 1e-12);
        Assert.Equal(6, values["unique_tokens"]);
        Assert.Equal(5.0 / 9, values["copied_4grams"], 1e-12);
        Assert.Equal(3.0 / 10, values["repetition_rate"], 1e-12);
        var other = await TaskRun.Score(task, samples[1], _ => Answer(""));
        Assert.Equal((1, 0, false), (other.Values["empty_answer"], other.Values["highlights_found"], other.Values.ContainsKey("rouge1")));
        Assert.Equal(["mid"], other.Groups);
    }

    [Fact]
    public async Task Score_Stems_ComparesWhatWordsComeFrom()
    {
        async Task<double> Rouge1(bool stem)
        {
            var task = new SummarizationTask(Options() with { Stem = stem });
            return (await TaskRun.Score(task, (await Samples(task))[0], _ => Answer("Cats sat"))).Values["rouge1"];
        }
        // of 3 and 2 words 1 and 2 in common
        Assert.Equal((0.4, 0.8), (Math.Round(await Rouge1(false), 12), Math.Round(await Rouge1(true), 12)));
    }

    [Fact]
    public async Task Next_PromptOverTheWindow_IsFlaggedAndNotAsked()
    {
        var task = new SummarizationTask(Options() with { MaxNewTokens = 20 });
        var samples = await TaskRun.Samples<SummarizationSample>(task, TaskRun.Context(contextLength: 70));
        Assert.Equal([0, 1], samples.Select(sample => task.Next(sample, []).Count));
        var scores = await TaskRun.Score(task, samples[0], _ => throw new InvalidOperationException("nothing is asked"));
        Assert.Equal((1, false), (scores.Values["window_exceeded"], scores.Values.ContainsKey("rouge1")));
        Assert.Equal(0.5, task.Aggregate([scores, await TaskRun.Score(task, samples[1], _ => Answer("x"))])
            .Single(metric => metric.Name == "window_exceeded").Value);
    }

    [Fact]
    public async Task Samples_ClassThatIsNotThere_SaysWhichAre()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Samples(new SummarizationTask(Options() with { Classes = ["huge"] })));
        Assert.Contains("'huge'", error.Message, StringComparison.Ordinal);
        Assert.Contains("small, mid", error.Message, StringComparison.Ordinal);
    }

    private SummarizationOptions Options() => new() { Path = folder.Write("stories.jsonl", Stories) };

    private static GenerateResponse Answer(string text) => new(0, [], text, FinishReason.Stop, []);

    private static Task<List<SummarizationSample>> Samples(SummarizationTask task) =>
        TaskRun.Samples<SummarizationSample>(task, TaskRun.Context());
}
