using LlmKick.Tests.Commands;

namespace LlmKick.Tests.Runs;

/// <summary>A compression that changes nothing, through the tool: dense against dense.</summary>
public sealed class RunUnchangedTests : IDisposable
{
    private readonly RunDesk desk =
        new(RunDesk.Recipe.Replace("magnitude: { sparsity: 0.5 }", "magnitude: { sparsity: 0 }", StringComparison.Ordinal));

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Run_NothingCompressed_HasNoFlip()
    {
        desk.Done("out", "--only", "dense");
        desk.Done("out", "--only", "magnitude-0");
        var tasks = desk.Results()["variants"]!.AsArray().Single(variant => (string)variant!["name"]! == "magnitude-0")!["tasks"]!;
        foreach (var (task, node) in tasks.AsObject())
        {
            var against = node!["against_dense"]!;
            Assert.Equal(1, (double)against["ratio"]!);
            if (task != "mmlu")
            {
                Assert.Equal((1, 1), ((double)against["low"]!, (double)against["high"]!));
                continue;
            }
            // Six questions without a flip do not show that there is none in others.
            Assert.InRange((double?)against["low"] ?? 0, 0, 0.99);
            Assert.InRange((double?)against["high"] ?? 2, 1.01, 10);
            Assert.Equal((0, 0, 0),
                ((int)against["right_to_wrong"]!, (int)against["wrong_to_right"]!, (int)against["wrong_to_other_wrong"]!));
            Assert.Equal((0, 0, 0, 1),
                ((double)against["churn"]!, (double)against["delta_p"]!, (double)against["delta_p_rms"]!, (double)against["p"]!));
        }
        Assert.Equal(desk.Lines("out", "samples", "dense", "mmlu.jsonl").Select(line => line.ToJsonString()),
            desk.Lines("out", "samples", "magnitude-0", "mmlu.jsonl").Select(line => line.ToJsonString()));
    }
}
