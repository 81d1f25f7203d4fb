using System.Text;
using LlmKick.Reports.Samples;
using LlmKick.Storage;

namespace LlmKick.Tests.Reports.Samples;

public sealed class SampleTableTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Read_LinesLongerThanTheBuffer_FindsEachAtItsPlace()
    {
        string[] lines = ["", "short", new('a', 700_000), "b", new string('c', 300_000) + "ü"];
        File.WriteAllText(folder.File("lines"), string.Join('\n', lines));
        var read = new List<(long Offset, string Text)>();
        JsonLinesFile.Read(folder.File("lines"), (offset, line) => read.Add((offset, Encoding.UTF8.GetString(line))));
        Assert.Equal(lines, read.Select(line => line.Text));
        Assert.All(read, line => Assert.Equal(line.Text,
            Encoding.UTF8.GetString(JsonLinesFile.ReadAt(folder.File("lines"), line.Offset, Encoding.UTF8.GetByteCount(line.Text)))));
    }

    [Fact]
    public void Line_AllFields_AreRead()
    {
        var row = Row("""{"id":"a\u00e4","responses":[{"kind":"generate","tokens":[1,[2]],"text":" yes ","finish":"stop"}],"scores":{"other":0.5,"hit":1},"weight":3.5,"cluster":"p"}""");
        Assert.Equal(("aä", 1.0, 3.5, "p"), (row.Id, row.Score, row.Weight, row.Cluster));
        Assert.Equal(row.Answer, Row("""{"id":"b","responses":[{"kind":"generate","text":"yes"}],"scores":{"hit":null}}""").Answer);
        Assert.NotEqual(row.Answer, Row("""{"id":"b","responses":[{"kind":"generate","text":"no"}],"scores":{}}""").Answer);
        Assert.True(double.IsNaN(Row("""{"id":"b","responses":[],"scores":{"hit":null}}""").Score));
    }

    [Fact]
    public void Line_Choices_AreTheSameAnswerWhereTheSameIsMostProbable()
    {
        Assert.Equal(Choice("[-1,-2.5,null]"), Choice("[-3,-3.5,-9]"));
        Assert.NotEqual(Choice("[-1,-2.5]"), Choice("[-3,-2.5]"));
        Assert.Equal(0UL, Row("""{"id":"b","responses":[{"kind":"rolling","log_probabilities":[-1]}],"scores":{}}""").Answer);
    }

    private static ulong Choice(string values) =>
        Row($$$"""{"id":"b","responses":[{"kind":"choose","log_probabilities":{{{values}}},"best_token":3,"best_text":"x"}],"scores":{}}""")
        .Answer;

    private static SampleRow Row(string line) => new SampleLine("hit").Read(0, Encoding.UTF8.GetBytes(line));
}
