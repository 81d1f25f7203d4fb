using LlmKick.OwnData.Qa;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Tests.Tasks.OwnData;

public sealed class QaTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Samples_Jsonl_FillThePromptWithColumns()
    {
        var sample = (await Samples(Options("q.jsonl", """
            {"question": "Who {is} it?", "answer": ["Cher", "the singer"], "year": 1965, "tags": ["a", "b"]}

            {"question": "Where?", "answer": "Rome", "year": 1, "tags": []}
            """) with { Prompt = "{{{year}}} {tags}: {question}" }))[0];
        Assert.Equal("{1965} a, b: Who {is} it?", sample.Prompt.Text);
        Assert.Equal(("1", "Cher | the singer"), (sample.Id, sample.Target));
    }

    [Theory]
    [InlineData("q.csv", "question,answer\n\"Who, then?\",Cher\n")]
    [InlineData("q.tsv", "question\tanswer\nWho, then?\tCher\n")]
    public async Task Samples_DelimitedText_ReadsQuotesAndColumns(string name, string content)
    {
        var sample = Assert.Single(await Samples(Options(name, content)));
        Assert.Equal("Question: Who, then?\nAnswer:", sample.Prompt.Text);
        Assert.Equal(["Cher"], sample.Answers);
    }

    [Theory]
    [InlineData(" the Cher!\nQuestion: more", 1, 1)]
    [InlineData(" It was Cher", 0, 1)]
    [InlineData(" Cherry", 0, 0)]
    [InlineData("\n Cher", 1, 1)]
    [InlineData("", 0, 0)]
    public async Task Score_FirstLine_WholeWords(string output, double exact, double contains)
    {
        var task =
            new QaTask(Options("q.jsonl", """{"question": "Who?", "answer": "Cher", "passage": "p1"}""") with { Cluster = "passage" });
        var sample = Assert.Single(await TaskRun.Samples<QaSample>(task, TaskRun.Context()));
        var scores = await TaskRun.Score(task, sample, _ => new GenerateResponse(0, [], output, FinishReason.Stop, []));
        Assert.Equal((exact, contains, "p1"), (scores.Values["exact_match"], scores.Values["contains"], scores.Cluster));
    }

    [Fact]
    public async Task Next_AsksOnceWithStopsAndLimit()
    {
        var task =
            new QaTask(Options("q.jsonl", """{"question": "Who?", "answer": "Cher"}""") with { Stop = ["\n", "."], MaxNewTokens = 7 });
        var request =
            (GenerateRequest)Assert.Single(task.Next(Assert.Single(await TaskRun.Samples<QaSample>(task, TaskRun.Context())), []));
        Assert.Equal((7, "\n|."), (request.MaxNewTokens, string.Join('|', request.Stop)));
    }

    [Theory]
    [InlineData("q.jsonl", "{\"question\": \"Who?\"}", "q.jsonl:1: there is no column 'answer'; the columns are question.")]
    [InlineData("q.jsonl", "{\"question\": \"Who?\", \"answer\": \"…\"}", "has no letter or digit")]
    [InlineData("q.jsonl", "{\"a\": 1}\n{\"question\"", "q.jsonl:2: not a JSON object with the columns of a row")]
    [InlineData("q.jsonl", "[1]", "q.jsonl:1: not a JSON object")]
    [InlineData("q.jsonl", "{\"question\": {\"a\": 1}}", "'question' is neither a text, a number nor a list of these")]
    [InlineData("q.jsonl", "\n \n", "there are no rows")]
    [InlineData("q.csv", "question,answer\nWho?\n", "q.csv:2: 1 fields where the first line names 2 columns")]
    [InlineData("q.csv", "answer,answer\nWho?,x\n", "the column 'answer' is there twice")]
    [InlineData("q.csv", "question,answer\n", "there are no rows")]
    [InlineData("q.csv", "question,answer\nWho\" is?,x\n", "q.csv:2: not a row of CSV")]
    [InlineData("q.xlsx", "PK", "files that end in '.xlsx' are not read")]
    public async Task Samples_WrongFile_SaysWhereAndWhat(string name, string content, string message) =>
        Assert.Contains(message, (await Assert.ThrowsAsync<LlmKickException>(() => Samples(Options(name, content)))).Message,
            StringComparison.Ordinal);

    [Fact]
    public async Task Samples_PromptOverTheContext_SaysWhichRow() => Assert.Contains(
        "q.jsonl:1: the prompt has 22 tokens and needs room for 32 more",
        (await Assert.ThrowsAsync<LlmKickException>(() => Samples(Options("q.jsonl", """{"question": "Who?", "answer": "Cher"}"""), 50)))
            .Message, StringComparison.Ordinal);

    private QaOptions Options(string name, string content) => new() { Path = folder.Write(name, content) };

    private static Task<List<QaSample>> Samples(QaOptions options, int contextLength = 8192) =>
        TaskRun.Samples<QaSample>(new QaTask(options), TaskRun.Context(contextLength: contextLength));
}
