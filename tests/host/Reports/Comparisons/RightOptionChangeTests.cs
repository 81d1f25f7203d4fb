using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Samples;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class RightOptionChangeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_StoredAnswers_IsTheChangeOfTheRightOptionsShare()
    {
        var requests = folder.Write("requests.jsonl", """
            {"id":"1","target":"B","requests":[{"kind":"choose","context":{"text":"?","tokens":[1]},"continuations":[{"text":" A","tokens":[1]},{"text":" B","tokens":[2]}]}]}
            {"id":"2","target":"A","requests":[{"kind":"choose","context":{"text":"?","tokens":[1]},"continuations":[{"text":" A","tokens":[1]},{"text":" B","tokens":[2]}]}]}
            {"id":"3","target":"","requests":[{"kind":"generate","prompt":{"text":"?","tokens":[1]},"max_new_tokens":4}]}

            """);
        var right = RightOptions.Read(requests);
        Assert.Equal([("1", 1), ("2", 0)], right.Select(one => (one.Key, one.Value)).Order());

        // Right options go from 1/2 to 3/4 and from 4/5 to 1/2, whatever all options share.
        var change = RightOptionChange.Of(
            [Pair("1", [1, 1], [5, 5 + Math.Log(3)]), Pair("2", [Math.Log(4), 0], [-7, -7]), Pair("3", null, null)], right)!;
        Assert.Equal((0.25 - 0.3) / 2, change.Mean, 1e-12);
        Assert.Equal(Math.Sqrt((0.25 * 0.25 + 0.3 * 0.3) / 2), change.Rms, 1e-12);
        Assert.True(change.Interval.Low < change.Mean && change.Mean < change.Interval.High);
        Assert.Null(RightOptionChange.Of([Pair("3", null, null)], right));
    }

    [Theory]
    [InlineData(
        """{"id":"1","responses":[{"kind":"choose","log_probabilities":[-1,null,-0.5],"best_token":3,"best_text":"x"}],"scores":{"s":1}}""",
        new[] { -1, double.NegativeInfinity, -0.5 })]
    [InlineData("""{"id":"1","responses":[{"kind":"rolling","log_probabilities":[-1]}],"scores":{"s":1}}""", null)]
    [InlineData("""{"id":"1","responses":[],"scores":{"s":1}}""", null)]
    public void Read_Line_HasTheOptionsOfAChoiceAlone(string line, double[]? expected)
    {
        var row = new SampleLine("s").Read(0, System.Text.Encoding.UTF8.GetBytes(line));
        Assert.Equal(expected, row.Choices);
        Assert.Equal(1, row.Score);
    }

    private static PairedSample Pair(string id, double[]? before, double[]? after) =>
        new(Row(id) with { Choices = before }, Row(id) with { Choices = after });

    private static SampleRow Row(string id) => new(id, 1, 1, null, 0, 0, 0);
}
