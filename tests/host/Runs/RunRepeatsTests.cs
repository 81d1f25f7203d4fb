namespace LlmKick.Tests.Runs;

/// <summary>Questions that a file has more than once.</summary>
public sealed class RunRepeatsTests : IDisposable
{
    private readonly RunDesk desk = new("""
        name: tiny
        model: { transformers: { path: model } }
        variants: [dense]
        tasks:
          - qa: { path: questions.csv, max_new_tokens: 2 }
        """);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_SameQuestionTwice_IsOneClusterAndTold()
    {
        desk.Write("questions.csv", "question,answer\nwho,cher\nwhat,a\nwho,bono\nwho,cher\n");
        var result = desk.Done();
        Assert.Equal(["as 2", null, "as 2", "as 2"],
            desk.Lines("out", "samples", "dense", "qa.jsonl").Select(line => (string?)line["cluster"]));
        Assert.Contains("qa: 3 of 4 samples ask what others ask too (1 different); what is asked twice counts once in intervals.",
            string.Join(' ', result.ErrorLines), StringComparison.Ordinal);
    }

    [Fact]
    public void Run_OtherQuestions_StandAlone()
    {
        desk.Write("questions.csv", "question,answer\nwho,cher\nwhat,a\n");
        var result = desk.Done();
        Assert.All(desk.Lines("out", "samples", "dense", "qa.jsonl"), line => Assert.Null(line["cluster"]));
        Assert.DoesNotContain("counts once", result.Error, StringComparison.Ordinal);
    }
}
