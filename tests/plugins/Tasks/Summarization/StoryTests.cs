using LlmKick.Kick.Questions;
using LlmKick.Kick.Summarization;

namespace LlmKick.Tests.Tasks.Summarization;

public sealed class StoryTests
{
    [Fact]
    public void Of_PromptWithHighlights_TakesItApart()
    {
        var story = Story.Of("1", null, "Summarize it.\n\nIt rained.\n\nThen it snowed.@highlightIt  rained @highlight\n\nIt snowed\n");
        Assert.Equal(("Summarize it.", "It rained.\n\nThen it snowed.", "small"), (story.Instruction, story.Body, story.Class));
        Assert.Equal(["It  rained", "It snowed"], story.Highlights);
    }

    [Theory]
    [InlineData(470, "small")]
    [InlineData(471, "mid")]
    [InlineData(789, "mid")]
    [InlineData(790, "large")]
    public void Of_NoCategory_ClassByWords(int words, string expected) =>
        Assert.Equal(expected, Story.Of("1", null, "Summarize.\n\n" + string.Join(' ', Enumerable.Repeat("word", words))).Class);

    [Fact]
    public async Task Read_PapersStories_AllHaveHighlightsAndThreeClasses()
    {
        var stories = await StoryFile.ReadAsync(SharedData.Require("data/summarization/new_question.jsonl"), new LeftOut(),
            TestContext.Current.CancellationToken);
        Assert.All(stories, story => Assert.NotEmpty(story.Highlights));
        Assert.All(stories, story => Assert.DoesNotContain("@highlight", story.Body, StringComparison.Ordinal));
        Assert.Equal([30, 30, 30], stories.GroupBy(story => story.Class).Select(group => group.Count()));
        Assert.Equal(18, stories.Where(story => story.Class == "small")
            .IntersectBy(stories.Where(story => story.Class == "mid").Select(story => story.Body), story => story.Body).Count());
    }
}
