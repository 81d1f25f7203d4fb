using LlmKick.OwnData.Choice;
using LlmKick.Sdk;
using LlmKick.Sdk.Models;

namespace LlmKick.Tests.Tasks.OwnData;

public sealed class ChoiceTaskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("Rome", 1)]
    [InlineData("B", 1)]
    [InlineData("c", 2)]
    [InlineData("0", 0)]
    public async Task Samples_Answer_TextLetterOrPlace(string answer, int right)
    {
        var sample = Assert.Single(
            await Samples(Options($$"""{"question": "Where?", "choices": ["Bern", "Rome", "Oslo"], "answer": "{{answer}}"}""")));
        Assert.Equal(right, sample.Right);
        Assert.Equal([" Bern", " Rome", " Oslo"], sample.Choices.Select(choice => choice.Text));
    }

    [Fact]
    public async Task Samples_ChoiceInEachColumn_KeepsTheirOrder()
    {
        var path = folder.Write("q.csv", "question,a,b,right\nWhere?,Bern,Rome,Bern\n");
        var sample = Assert.Single(await Samples(new ChoiceOptions { Path = path, Choices = ["b", "a"], Answer = "right" }));
        Assert.Equal((1, " Bern"), (sample.Right, sample.Target));
    }

    [Theory]
    [InlineData("None")]
    [InlineData("NA")]
    [InlineData("TRUE")]
    [InlineData("007")]
    [InlineData("\"1,4\"")]
    [InlineData("1e5")]
    public async Task Samples_CellsOfCsv_StayTexts(string cell)
    {
        var path = folder.Write("q.csv", $"question,a,b,right\nWhich?,{cell},other,{cell}\n");
        var sample = Assert.Single(await Samples(new ChoiceOptions { Path = path, Choices = ["a", "b"], Answer = "right" }));
        Assert.Equal((0, " " + cell.Trim('"')), (sample.Right, sample.Target));
    }

    [Fact]
    public async Task Samples_AccentsWrittenApart_NameTheSameChoice()
    {
        var sample = Assert.Single(
            await Samples(Options("""{"question": "Where?", "choices": ["Lyon", "Montréal"], "answer": "Montre\u0301al"}""")));
        Assert.Equal(1, sample.Right);
    }

    [Theory]
    [InlineData(new[] { -3.0, -4.0 }, 0, 1)]
    [InlineData(new[] { -4.0, -3.0 }, 1, 1)]
    [InlineData(new[] { double.NaN, -3.0 }, 1, 1)]
    [InlineData(new[] { double.NaN, double.NaN }, 0, 0)]
    public async Task Score_Sums_GreatestAndGreatestPerByte(double[] sums, double accuracy, double perByte)
    {
        var task = new ChoiceTask(Options("""{"question": "Where?", "choices": ["Bern", "Constantinople"], "answer": "Constantinople"}"""));
        var sample = Assert.Single(await TaskRun.Samples<ChoiceSample>(task, TaskRun.Context()));
        var scores = await TaskRun.Score(task, sample, _ => new ChooseResponse(0, sums, 0, ""));
        Assert.Equal((accuracy, perByte), (scores.Values["accuracy"], scores.Values["accuracy.per_byte"]));
    }

    [Theory]
    [InlineData("""{"question": "Where?", "choices": ["Bern"], "answer": "Bern"}""", "at least two choices")]
    [InlineData("""{"question": "Where?", "choices": ["Bern", " "], "answer": "Bern"}""", "none of them empty")]
    [InlineData("""{"question": "Where?", "choices": ["Bern", "Rome"], "answer": "Oslo"}""", "the answer 'Oslo' is none of Bern | Rome")]
    [InlineData("""{"question": "Where?", "choices": ["Bern", "Rome"], "answer": "7"}""", "the answer '7' is none of Bern | Rome")]
    [InlineData("""{"question": "Where?", "choices": ["Bern", "Bern"], "answer": "Bern"}""", "is there 2 times")]
    [InlineData("""{"question": "Where?", "answer": "Bern"}""", "there is no column 'choices'")]
    public async Task Samples_WrongRow_SaysWhereAndWhat(string row, string message)
    {
        var error = (await Assert.ThrowsAsync<LlmKickException>(() => Samples(Options(row)))).Message;
        Assert.Contains("q.jsonl:1: ", error, StringComparison.Ordinal);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    private ChoiceOptions Options(string content) => new() { Path = folder.Write("q.jsonl", content) };

    private static Task<List<ChoiceSample>> Samples(ChoiceOptions options) =>
        TaskRun.Samples<ChoiceSample>(new ChoiceTask(options), TaskRun.Context());
}
