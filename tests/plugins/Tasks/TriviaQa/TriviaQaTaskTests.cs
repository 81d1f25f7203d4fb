using LlmKick.Kick.TriviaQa;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.TriviaQa;

public sealed class TriviaQaTaskTests : IDisposable
{
    private const string TriviaQa = """
        {"Data": [
          {"Question": "Who sang Help?", "QuestionId": "x1", "Answer": {"Aliases": ["The Beatles"], "NormalizedAliases": ["beatles", "fab four"], "Value": "The Beatles", "HumanAnswers": ["Beatles, The"]},
           "EntityPages": [{"Filename": "Help.txt", "Title": "Help"}], "SearchResults": [{"Filename": "1/1_1.txt"}, {"Filename": "1/1_2.txt"}]},
          {"Question": "Who?", "Answer": {"NormalizedAliases": ["nobody"]}}]}
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Closed_PromptIsThePapers()
    {
        var samples = await Samples(TriviaQaFolder(ContextSource.Closed));
        Assert.Equal("Answer these questions:\n\nQ: Who sang Help?\nA:", samples[0].Prompt.Text);
        Assert.Equal(["beatles", "fab four"], samples[0].Answers);
        Assert.Null(samples[0].AnswerInContext);
    }

    [Fact]
    public async Task Open_FirstDocumentsCutAsThePapers()
    {
        var whole = await Samples(TriviaQaFolder(ContextSource.Open));
        var cut = await Samples(TriviaQaFolder(ContextSource.Open) with { Characters = 3 });
        Assert.Equal("Help 𝄞 is a song.It is by the Beatles.\n\nBased on these texts, answer these questions:\n\nQ: Who sang Help?\nA:",
            whole[0].Prompt.Text);
        Assert.StartsWith("Hel\n\nBased on", cut[0].Prompt.Text, StringComparison.Ordinal);
        Assert.StartsWith("Help 𝄞 \n\nBased", (await Samples(TriviaQaFolder(ContextSource.Open) with { Characters = 7 }))[0].Prompt.Text,
            StringComparison.Ordinal);
        Assert.Equal((true, false), (whole[0].AnswerInContext, cut[0].AnswerInContext));
        Assert.Equal("Based on these texts, answer these questions:\n\nQ: Who?\nA:", whole[1].Prompt.Text);
    }

    [Fact]
    public async Task Retrieved_PassagesOfAllOwnDocuments()
    {
        var sample = (await Samples(TriviaQaFolder(ContextSource.Retrieved) with { Passages = 1, PassageWords = 10 }))[0];
        Assert.Equal("They sang it in 1965 and who sang Help was\n\nBased on these texts, answer these questions:\n\nQ: Who sang Help?\nA:",
            sample.Prompt.Text);
    }

    [Fact]
    public async Task Squad_QuestionsShareAParagraph_AndItIsTheirCluster()
    {
        var samples = await Samples(new TriviaQaOptions { Path = folder.Write("s.json", SquadFile.Small) });
        Assert.Equal(["paragraph 0", "paragraph 0", "paragraph 1"], samples.Select(sample => sample.Cluster));
        Assert.Equal("Paris lies on the Seine.\n\nBased on these texts, answer these questions:\n\nQ: Where does Paris lie?\nA:",
            samples[2].Prompt.Text);
        Assert.All(samples, sample => Assert.True(sample.AnswerInContext));
    }

    [Theory]
    [InlineData(" The Beatles!\nQ: more", 1, 1, 1, 0)]
    [InlineData("It was the Beatles", 0, 1, 0.5, 0)]
    [InlineData("s", 0, 1, 0, 0)]
    [InlineData("", 0, 1, 0, 1)]
    [InlineData("The ...", 0, 1, 0, 1)]
    [InlineData("Queen", 0, 0, 0, 0)]
    public async Task Score_PaperTakesEitherDirection_StrictDoesNot(string output, double strict, double paper, double f1, double empty)
    {
        var task = new TriviaQaTask(TriviaQaFolder(ContextSource.Closed));
        var sample = (await TaskRun.Samples<TriviaQaSample>(task, TaskRun.Context()))[0];
        var values = (await TaskRun.Score(task, sample, _ => new GenerateResponse(0, [], output, FinishReason.Length, []))).Values;
        Assert.Equal((strict, paper, f1, empty),
            (values["exact_match.strict"], values["exact_match.paper"], values["f1"], values["empty_answer"]));
    }

    [Fact]
    public async Task Samples_NullsForLists_AreEmptyLists()
    {
        var path = folder.Write("n.json", """{"Data": [{"Question": "Who?", "Answer": {"NormalizedAliases": ["cher"], "HumanAnswers": null}, "EntityPages": null, "SearchResults": null}]}""");
        Assert.Equal(["cher"], Assert.Single(await Samples(new TriviaQaOptions { Path = path, Context = ContextSource.Closed })).Answers);
    }

    [Fact]
    public async Task Samples_QuestionsThatCannotBeAnswered_AreLeftOutAndTold()
    {
        var path = folder.Write("s2.json", """
            {"data": [{"paragraphs": [{"context": "The harbour is old.", "qas": [{"question": "What is new?", "answers": [], "is_impossible": true}, {"question": "What is old?", "answers": [{"text": "harbour"}]}]}]}]}
            """);
        var told = new ToldMessages();
        var samples = await TaskRun.Samples<TriviaQaSample>(new TriviaQaTask(new TriviaQaOptions { Path = path }),
            TaskRun.Context() with { Logger = told });
        Assert.Equal(("1", "harbour"), (Assert.Single(samples).Id, samples[0].Target));
        Assert.EndsWith("s2.json: 1 rows that cannot be used are left out: 1 without an answer.",
            Assert.Single(told.Messages), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Montre\u0301al", "montréal")]
    [InlineData("Montréal", "montre\u0301al")]
    public async Task Score_AccentsWrittenApart_AreTheSame(string output, string answer)
    {
        var task = new TriviaQaTask(new TriviaQaOptions { Path =
            folder.Write("m.json", $$$"""{"Data": [{"Question": "Where?", "Answer": {"NormalizedAliases": ["{{{answer}}}"]}}]}"""),
            Context = ContextSource.Closed });
        var sample = (await TaskRun.Samples<TriviaQaSample>(task, TaskRun.Context()))[0];
        Assert.Equal(1, (await TaskRun.Score(task, sample, _ => new GenerateResponse(0, [], output, FinishReason.Length, [])))
            .Values["exact_match.strict"]);
    }

    [Fact]
    public async Task Samples_DocumentGone_SaysWhatToDo()
    {
        var options = TriviaQaFolder(ContextSource.Open);
        File.Delete(folder.File("evidence/web/1/1_1.txt"));
        var error = await Assert.ThrowsAsync<LlmKickException>(() => Samples(options));
        Assert.Contains("1_1.txt: no such file", error.Message, StringComparison.Ordinal);
        Assert.Contains("context: closed", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Samples_PromptTooLong_IsRefused()
    {
        var error = await Assert.ThrowsAsync<LlmKickException>(() =>
            TaskRun.Samples<TriviaQaSample>(new TriviaQaTask(TriviaQaFolder(ContextSource.Open)), TaskRun.Context(contextLength: 80)));
        Assert.Contains("question 0", error.Message, StringComparison.Ordinal);
    }

    private TriviaQaOptions TriviaQaFolder(ContextSource context)
    {
        folder.Write("evidence/wikipedia/Help.txt", "Help 𝄞 is a song.");
        folder.Write("evidence/web/1/1_1.txt", "It is by the Beatles.");
        folder.Write("evidence/web/1/1_2.txt", "They sang it in 1965\nand who sang Help was known to all of the world");
        return new TriviaQaOptions { Path = folder.Write("qa/web-dev.json", TriviaQa), Evidence = folder.File("evidence"),
            Context = context };
    }

    private static Task<List<TriviaQaSample>> Samples(TriviaQaOptions options) =>
        TaskRun.Samples<TriviaQaSample>(new TriviaQaTask(options), TaskRun.Context());
}
