using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs.Shards;

/// <summary>Parts that are interrupted, repeated, or of something else.</summary>
public sealed class ShardResumeTests : IDisposable
{
    private const string OneVariant = """
        name: tiny
        model: { transformers: { path: model } }
        variants: [ dense ]
        tasks:
          - perplexity: { text: text.txt, window: 16, limit: 200 }
        """;

    private readonly RunDesk desk = new(OneVariant);

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_KilledPart_GoesOnWhereItWas()
    {
        desk.Done("whole");
        Assert.Equal(137, Tool.Run(new Dictionary<string, string>(desk.Environment) { ["LLMKICK_FAILPOINT"] = "batch:2" },
            desk.Arguments("a", "--shard", "1/2")).ExitCode);
        desk.Done("b", "--shard", "2/2");
        var early = Tool.Run("report", desk.File("a"), desk.File("b"), "--output", desk.File("merged"));
        Assert.Equal((1, $"Part 1 of 2, in '{desk.File("a")}', is not finished: give the command that made it again, and it goes on where "
            + $"it was."), (early.ExitCode, Assert.Single(early.ErrorLines)));

        var before = desk.Plan("a", "--shard", "1/2")["variants"]![0]!["tasks"]!["perplexity"]!;
        Assert.Equal((2, 1), ((int)before["batches"]!, (int)before["batches_done"]!));
        desk.Done("a", "--shard", "1/2");
        Assert.Equal("done", (string)desk.Plan("a", "--shard", "1/2")["variants"]![0]!["tasks"]!["perplexity"]!["state"]!);
        Assert.Equal(0, Tool.Run("report", desk.File("a"), desk.File("b"), "--output", desk.File("merged")).ExitCode);
        RunContents.AssertEqual(desk.File("whole"), desk.File("merged"));
    }

    [Fact]
    public void Run_PartsInOneFolder_EndAsTheWholeRun()
    {
        desk.Done("whole");
        desk.Done("parts", "--shard", "1/2");
        desk.Done("parts", "--shard", "2/2");
        desk.Done("parts");
        RunContents.AssertEqual(desk.File("whole"), desk.File("parts"));
    }

    [Fact]
    public void Report_PartsOfOtherOptions_AreRefused()
    {
        desk.Done("a", "--shard", "1/2");
        desk.Done("b", "--shard", "2/2", "--set", "tasks.perplexity.limit=199");
        var result = Tool.Run("report", desk.File("a"), desk.File("b"), "--output", desk.File("merged"));
        Assert.Equal(1, result.ExitCode);
        Assert.Contains("are not parts of one run: their recipes, models, data, or the builds", Assert.Single(result.ErrorLines),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("3/2", "--shard 3/2: write i/n, such as 2/4 for the second of four parts.")]
    [InlineData("half", "--shard half: write i/n, such as 2/4 for the second of four parts.")]
    public void Run_NoPart_IsAWrongCommandLine(string part, string message)
    {
        var result = desk.Run("out", "--shard", part);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(message, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_PartOfAPart_IsAWrongCommandLine() => Assert.Equal(2, desk.Run("out", "--shard", "1/2", "--only", "dense").ExitCode);
}
