using LlmKick.Kick.Questions;
using LlmKick.Kick.Summarization;
using LlmKick.Kick.TriviaQa;
using LlmKick.Sdk;

namespace LlmKick.Tests.Tasks.Questions;

/// <summary>Parquet as the hub has it gives the samples that the same data give in JSON.</summary>
public sealed class HubFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData(ContextSource.Closed, 1)]
    [InlineData(ContextSource.Open, 1)]
    [InlineData(ContextSource.Open, 100)]
    [InlineData(ContextSource.Retrieved, 2)]
    internal async Task TriviaQa_Parquet_GivesTheSamplesOfJson(ContextSource context, int rowsOfAGroup)
    {
        var path = folder.File("validation.parquet");
        await HubFile.TriviaQaAsync(path, rowsOfAGroup,
            ("Who sang Help?", ["beatles", "fab four"], [("Help.txt", "Help 𝄞 is a song.")],
                [("1/1_1.txt", "It is by the Beatles."), ("1/1_2.txt", "They sang it in 1965\nand who sang Help is known")]),
            ("Who?", ["nobody"], [], []),
            ("What is it?", ["song", "tune"], [], [("2/2_1.txt", "A song, or a tune.")]));
        folder.Write("evidence/wikipedia/Help.txt", "Help 𝄞 is a song.");
        folder.Write("evidence/web/1/1_1.txt", "It is by the Beatles.");
        folder.Write("evidence/web/1/1_2.txt", "They sang it in 1965\nand who sang Help is known");
        folder.Write("evidence/web/2/2_1.txt", "A song, or a tune.");
        var json = folder.Write("web-dev.json", """
            {"Data": [
              {"Question": "Who sang Help?", "Answer": {"NormalizedAliases": ["beatles", "fab four"]}, "EntityPages": [{"Filename": "Help.txt"}], "SearchResults": [{"Filename": "1/1_1.txt"}, {"Filename": "1/1_2.txt"}]},
              {"Question": "Who?", "Answer": {"NormalizedAliases": ["nobody"]}},
              {"Question": "What is it?", "Answer": {"NormalizedAliases": ["song", "tune"]}, "SearchResults": [{"Filename": "2/2_1.txt"}]}]}
            """);

        var expected = await Told(new TriviaQaOptions { Path = json, Evidence = folder.File("evidence"), Context = context });
        Assert.Equal(3, expected.Count);
        Assert.Equal(expected, await Told(new TriviaQaOptions { Path = path, Context = context }));
    }

    [Fact]
    public async Task Stories_Parquet_GivesTheSamplesOfJson()
    {
        var path = folder.File("validation.parquet");
        await HubFile.StoriesAsync(path, ("It rained.\n\nThen it snowed.", "It rained .\nIt snowed .", "f001"), ("Nothing.", "", "f002"),
            ("More.", "More .", "f003"));
        var json = folder.Write("stories.jsonl", """
            {"article": "It rained.\n\nThen it snowed.", "highlights": "It rained .\nIt snowed .", "id": "f001"}
            {"article": "Nothing.", "highlights": "", "id": "f002"}
            {"article": "More.", "highlights": "More .", "id": "f003"}
            """);
        var (expected, actual) =
            (await StoryFile.ReadAsync(json, new LeftOut(), CancellationToken.None),
                await StoryFile.ReadAsync(path, new LeftOut(), CancellationToken.None));
        Assert.Equal(expected.Select(Told), actual.Select(Told));
        Assert.Equal(("f001", "It rained.\n\nThen it snowed.", "small"), (actual[0].Id, actual[0].Body, actual[0].Class));
        Assert.Equal(["It rained .", "It snowed ."], actual[0].Highlights);
        Assert.Equal(actual[0].Highlights, Story.Of("1", null, actual[0].Original).Highlights);
        Assert.StartsWith("Summarize the given story in less than 150 words", actual[0].Instruction, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TriviaQa_WithoutContext_IsReadClosed_ShardAfterShard_AndRowsWithoutUseAreCounted()
    {
        await HubFile.QuestionsAsync(folder.File("validation-00000-of-00002.parquet"), ("Who?", ["nobody"]), ("Hm?", ["..."]),
            (" ", ["x"]));
        await HubFile.QuestionsAsync(folder.File("validation-00001-of-00002.parquet"), ("What?", ["a song"]));
        await HubFile.QuestionsAsync(folder.File("train-00000-of-00001.parquet"), ("Not asked?", ["no"]));
        var told = new ToldMessages();
        var options = new TriviaQaOptions { Path = folder.File("validation-*.parquet"), Context = ContextSource.Closed };
        var samples = await TaskRun.Samples<TriviaQaSample>(new TriviaQaTask(options), TaskRun.Context() with { Logger = told });
        Assert.Equal(["0 nobody", "3 song"], samples.Select(sample => $"{sample.Id} {sample.Target}"));
        Assert.EndsWith("2 rows that cannot be used are left out: 1 without a question, 1 without an answer.",
            Assert.Single(told.Messages), StringComparison.Ordinal);
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Told(options with { Context = ContextSource.Open }));
        Assert.Contains("there is no text column 'entity_pages.filename'", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TriviaQa_EmptyDocuments_AreToldWhereTheyAreAskedFor()
    {
        await HubFile.TriviaQaAsync(folder.File("n.parquet"), 5, ("Who?", ["nobody"], [], []));
        var options = new TriviaQaOptions { Path = folder.File("n.parquet"), Context = ContextSource.Open };
        Assert.Single(await Told(options with { Context = ContextSource.Closed }));
        var fault = await Assert.ThrowsAsync<LlmKickException>(() => Told(options));
        Assert.Contains("no question has a document to read; ask with `context: closed`", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task TriviaQa_NoAnswerAtAll_IsRefused()
    {
        await HubFile.QuestionsAsync(folder.File("test.parquet"), ("Who?", []), ("What?", []));
        var fault = await Assert.ThrowsAsync<LlmKickException>(() =>
            Told(new TriviaQaOptions { Path = folder.File("test.parquet"), Context = ContextSource.Closed }));
        Assert.Contains("no row can be used (2 without an answer)", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stories_WithoutAnArticle_AreCounted()
    {
        await HubFile.StoriesAsync(folder.File("a-1.parquet"), ("It rained.", "It rained .", "f1"), (" ", "x", "f2"));
        await HubFile.StoriesAsync(folder.File("a-2.parquet"), ("It snowed.", "It snowed .", "f3"));
        var left = new LeftOut();
        Assert.Equal(["f1", "f3"], (await StoryFile.ReadAsync(folder.File("a-*.parquet"), left, CancellationToken.None))
            .Select(story => story.Id));
        Assert.Equal("1 without an article", left.Reasons);
    }

    [Fact]
    public async Task Read_OtherParquet_NamesTheColumn()
    {
        await HubFile.StoriesAsync(folder.File("s.parquet"), ("a", "b", "c"));
        var error = await Assert.ThrowsAsync<LlmKickException>(() =>
            Told(new TriviaQaOptions { Path = folder.File("s.parquet"), Context = ContextSource.Closed }));
        Assert.Contains("there is no text column 'question' (it has article, highlights, id)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_DamagedParquet_IsOneSentence()
    {
        await HubFile.StoriesAsync(folder.File("s.parquet"),
            [.. Enumerable.Range(0, 40).Select(i => ($"article {i}", $"highlight {i}", $"{i}"))]);
        var whole = await File.ReadAllBytesAsync(folder.File("s.parquet"), CancellationToken.None);
        var random = new Random(1);
        var refused = 0;
        for (var round = 0; round < 60; round++)
        {
            byte[] damaged = round < 20 ? whole[..(whole.Length * round / 20)] : [.. whole];
            for (var i = 0; round >= 20 && i < 20; i++)
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            await File.WriteAllBytesAsync(folder.File("d.parquet"), damaged, CancellationToken.None);
            var failure = await Record.ExceptionAsync(() =>
                StoryFile.ReadAsync(folder.File("d.parquet"), new LeftOut(), CancellationToken.None));
            refused += failure is null ? 0 : 1;
            if (failure is not null)
            {
                Assert.IsType<LlmKickException>(failure);
                Assert.StartsWith(folder.File("d.parquet"), failure.Message, StringComparison.Ordinal);
                Assert.DoesNotContain('\n', failure.Message);
            }
        }
        Assert.InRange(refused, 20, 60);
    }

    private static async Task<List<string>> Told(TriviaQaOptions options) =>
        (await TaskRun.Samples<TriviaQaSample>(new TriviaQaTask(options), TaskRun.Context()))
            .ConvertAll(sample => $"{sample.Id} {sample.Target} {sample.AnswerInContext} {sample.Prompt.Text}");

    private static string Told(Story story) =>
        $"{story.Id} {story.Class} {story.Instruction} {story.Body} {string.Join('|', story.Highlights)} {story.Original}";
}
