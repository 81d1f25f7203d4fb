using LlmKick.Reports.Comparisons;
using LlmKick.Tests.Reports;
using LlmKick.Tests.Runs;

namespace LlmKick.Tests.Commands;

public sealed class PlanPowerTests : IDisposable
{
    private readonly RunDesk desk = new();

    public void Dispose() => desk.Dispose();

    [Fact]
    public void Plan_NothingRunYet_NamesTheAssumption()
    {
        // 0.1 · ((1.959964 + 0.841621) / 0.05)² = 313.9…
        var lines = Tool.Run(desk.Environment, "plan", desk.File("recipe.yaml"), "--output", desk.File("out")).Out;
        Assert.Contains(
            "mmlu: 6 questions; to find a loss of 5 % of the dense score, or none, in four of five runs takes about 320 (assumed: 10 % of "
                + "answers turn right or wrong, and the dense model is always right).",
            lines, StringComparison.Ordinal);
        Assert.Equal("""{"mmlu":{"asked":6,"needed":320,"loss":0.05,"disagreement":0.1,"dense":1,"seen_in":null}}""",
            desk.Plan()["questions"]!.ToJsonString());
    }

    [Fact]
    public void Plan_EarlierResults_CountsTheirDisagreement()
    {
        var earlier = new DenseComparisons(new StoredRunMaker(desk.File("out")).Write()).Make().Where(one => one.Task == "facts")
            .MaxBy(one => one.Churn)!;
        Assert.Equal(("wanda-0.7", 60), (earlier.Variant, earlier.Samples));
        desk.Write("recipe.yaml", RunDesk.Recipe.Replace("- mmlu: { path: mmlu, shots: 0, subjects: [anatomy, virology] }",
            "- { name: facts, use: { mmlu: { path: mmlu, shots: 0, subjects: [anatomy, virology] } } }", StringComparison.Ordinal));
        var power = desk.Plan()["questions"]!["facts"]!;
        Assert.Equal((6, "wanda-0.7"), ((int)power["asked"]!, (string)power["seen_in"]!));
        Assert.Equal((earlier.Lost + earlier.Won) / 60.0, (double)power["disagreement"]!, 1e-12);
        Assert.Equal(earlier.Dense, (double)power["dense"]!, 1e-12);
        Assert.Equal(QuestionsNeeded.For(earlier.Churn, 0.05 * earlier.Dense), (int)power["needed"]!);
    }
}
