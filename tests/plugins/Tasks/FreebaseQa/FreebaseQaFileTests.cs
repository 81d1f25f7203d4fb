using System.Text.Json;
using LlmKick.Kick.FreebaseQa;
using LlmKick.Sdk;

namespace LlmKick.Tests.Tasks.FreebaseQa;

public sealed class FreebaseQaFileTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Read_Json_FirstParseForThePaperAndAllNames()
    {
        var question = Assert.Single(await Read("""
            { "Dataset": "FreebaseQA", "Questions": [ { "Question-ID": "x", "RawQuestion": "Who?", "ProcessedQuestion": "who",
              "Parses": [ { "Answers": [ { "AnswersMid": "m.1", "AnswersName": ["cher", null, "cherilyn"] }, { "AnswersName": ["bono"] } ] },
                          { "Answers": [ { "AnswersName": ["sonny"] } ] } ] } ] }
            """));
        Assert.Equal((0, "Who?"), (question.Index, question.Text));
        Assert.Equal(["cher", "cherilyn"], question.PaperAnswers);
        Assert.Equal(["cher", "cherilyn", "bono", "sonny"], question.Answers);
    }

    [Fact]
    public async Task Read_Lines_SplitAtLastBarAndQuotesLeft()
    {
        var questions = await Read("\"What is \"\"a | b\"\"?\" |  two words \n\nWho? | cher");
        Assert.Equal("\"What is \"\"a | b\"\"?\"", questions[0].Text);
        Assert.Equal(["two words"], questions[0].PaperAnswers);
        Assert.Equal([0, 2], questions.Select(question => question.Index));
    }

    [Theory]
    [InlineData("Who? | cher\nWho?\n", "file:2:")]
    [InlineData("Who? |\n", "file:1:")]
    [InlineData("Who? | ...\n", "file:1:")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\", \"Parses\": [ {\"Answers\": [ {\"AnswersName\": [\"\"]} ] } ] } ] }",
        "Questions[0] has no name of an answer")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\", \"Parses\": [ {\"Answers\": [ {\"AnswersName\": []} ] } ] } ] }",
        "Questions[0] has no name of an answer")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\", \"Parses\": [ {\"Answers\": [ {\"AnswersName\": null} ] } ] } ] }",
        "Questions[0] has no name of an answer")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\", \"Parses\": [ {\"Answers\": [ {\"AnswersName\": [\"...\"]} ] } ] } ] }",
        "Questions[0] has no name of an answer")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \" \", \"Parses\": [ {\"Answers\": [ {\"AnswersName\": [\"cher\"]} ] } ] } ] }",
        "Questions[0] is empty")]
    [InlineData(" | cher\n", "file:1:")]
    [InlineData("{\n\"Questions\": [ {\"RawQuestion\": 1} ] }", "file:2:")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\", \"Parses\": [] } ] }", "Questions[0]")]
    [InlineData("{ \"Questions\": [ {\"RawQuestion\": \"Who?\" } ] }", "file:1:")]
    [InlineData("{ }", "file:1:")]
    public async Task Read_Malformed_SaysWhere(string content, string where) =>
        Assert.Contains(where, (await Assert.ThrowsAsync<LlmKickException>(() => Read(content))).Message);

    [Fact]
    public async Task Read_BrokenJson_TellsTheLineOnce()
    {
        var message = (await Assert.ThrowsAsync<LlmKickException>(() => Read("{\n\"Questions\": [ }\n}"))).Message;
        Assert.Contains("file: not FreebaseQA's JSON", message, StringComparison.Ordinal);
        Assert.EndsWith("Line 2, column 16: '}' cannot stand here.", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Read_EmptyNameAmongOthers_IsNoAnswer()
    {
        var question = Assert.Single(
            await Read("""{ "Questions": [ {"RawQuestion": "Who?", "Parses": [ {"Answers": [ {"AnswersName": ["", "cher"]} ] } ] } ] }"""));
        Assert.Equal(["cher"], question.PaperAnswers);
        Assert.Equal(["cher"], question.Answers);
    }

    [Fact]
    public async Task Read_Data_GoldenQuestionsAndAnswers()
    {
        using var golden = JsonDocument.Parse(File.ReadAllText(SharedData.Require("golden/smollm2/freebaseqa-dense.json")));
        var expected = golden.RootElement.GetProperty("samples").EnumerateArray()
            .Select(sample => (sample.GetProperty("index").GetInt32(), sample.GetProperty("question").GetString()!,
                sample.GetProperty("answer").GetString()!)).ToList();
        var questions = await FreebaseQaFile.ReadAsync(SharedData.Require("data/freebaseqa/eval.txt"),
            TestContext.Current.CancellationToken);
        Assert.Equal(expected, questions.Take(expected.Count).Select(question => (question.Index, question.Text, question.Answers[0])));
    }

    private Task<IReadOnlyList<FreebaseQaQuestion>> Read(string content) =>
        FreebaseQaFile.ReadAsync(folder.Write("file", content), TestContext.Current.CancellationToken);
}
