using System.Text.Json.Nodes;
using LlmKick.Reports.Comparisons;
using LlmKick.Runs.Results;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class DenseComparisonsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Make_StoredRun_ComparesEveryVariantInEveryTask()
    {
        var all = Make(new StoredRunMaker(folder.Path));
        Assert.Equal(4 * 3, all.Count);
        Assert.Equal(["facts", "reading", "perplexity"], all.Take(3).Select(one => one.Task));
        Assert.All(all, one => Assert.InRange(one.Ratio, one.Interval.Low - 1e-9, one.Interval.High + 1e-9));
        Assert.All(all.Where(one => one.Task != "perplexity"), one => Assert.Equal(one.Value, one.Dense + one.Net, 1e-9));
        Assert.Equal(["wanda", "wanda", "wanda", "magnitude"], all.Where(one => one.Task == "facts").Select(one => one.Method));
    }

    [Fact]
    public void Make_Perplexity_IsPairedByWindow()
    {
        // Every window rises by the same: the ratio is known exactly, though windows differ and weigh differently.
        var all = Make(new StoredRunMaker(folder.Path));
        var one = all.Single(one => one is { Task: "perplexity", Variant: "wanda-0.5" });
        Assert.Equal(Math.Exp(0.01), one.Ratio, 1e-9);
        Assert.Equal(Math.Exp(0.01), one.Interval.Low, 1e-9);
        Assert.Equal(Math.Exp(0.01), one.Interval.High, 1e-9);
        Assert.Null(one.P);
    }

    /// <summary>Older results do not tell what a metric is the exponential of: perplexity's is known, and of another's the note
    /// tells.</summary>
    [Theory]
    [InlineData("perplexity", true)]
    [InlineData("qa", false)]
    public void Make_ResultsWithoutTheScoreOfAMetric_ArePairedOrToldAsUnpaired(string use, bool isPaired)
    {
        var right = Make(new StoredRunMaker(folder.Path)).Single(one => one is { Task: "perplexity", Variant: "wanda-0.5" });
        var results = JsonNode.Parse(File.ReadAllText(folder.File("results.json")))!;
        results["tasks"]!["perplexity"]!["metrics"]!["perplexity"]!.AsObject().Remove("exponential_of");
        results["recipe"]!["tasks"]!.AsArray()[^1]!["use"] = new JsonObject { [use] = new JsonObject() };
        folder.Write("results.json", results.ToJsonString());

        var all = new DenseComparisons(RunResults.Read(folder.Path)).Make();
        var one = all.Single(one => one is { Task: "perplexity", Variant: "wanda-0.5" });
        Assert.Equal(isPaired, one.IsPaired);
        Assert.Equal(isPaired, one.Interval == right.Interval);
        Assert.Equal(isPaired ? [] : ["The interval of perplexity is that of the variant's perplexity alone, since no samples of both have "
            + "a score to pair: it leaves out what the dense model's samples leave uncertain, and what both have in common."],
            IntervalNotes.Unpaired(all));
    }

    [Fact]
    public void Make_Clusters_DrawsThemWhole()
    {
        using var other = new TemporaryFolder();
        var alone = Facts(Make(new StoredRunMaker(folder.Path)));
        var clustered = Facts(Make(new StoredRunMaker(other.Path) { ClusterSize = 12 }));
        Assert.Equal((null, 5), (alone.Clusters, clustered.Clusters));
        Assert.Equal((alone.Lost, alone.Won, alone.Ratio), (clustered.Lost, clustered.Won, clustered.Ratio));
        Assert.NotEqual(alone.Interval, clustered.Interval);
        // Five clusters that all lost cannot be less probable than all their signs alike.
        Assert.True(alone.RawP < 0.001);
        Assert.Equal(2.0 / 32, clustered.RawP);
    }

    [Fact]
    public void Make_OtherWrong_CountsOtherAnswersAlone()
    {
        // Where many answers are lost the mistakes are others than the dense model's; where few are, the same.
        var all = Make(new StoredRunMaker(folder.Path));
        Assert.Equal(0, Facts(all, "wanda-0.3").OtherWrong);
        Assert.True(Facts(all).OtherWrong > 0);
    }

    [Fact]
    public void Make_DenseTwice_HasNoFlip()
    {
        var maker = new StoredRunMaker(folder.Path) { Variants = [("copy", 0, 0)] };
        var all = Make(maker);
        Assert.All(all, one => Assert.Equal((0, 0, 0, 1.0), (one.Lost, one.Won, one.OtherWrong, one.Ratio)));
        Assert.Equal(new Interval(1, 1), all.Single(one => one.Task == "perplexity").Interval);
        // Of 60 questions none changed: Wilson's interval of 0 of 60, as a share of the dense score.
        var width = 1.959963984540054 * 1.959963984540054 / (60 + 1.959963984540054 * 1.959963984540054);
        Assert.All(all.Where(one => one.Task != "perplexity"), one => Assert.Equal(1 - width / one.Dense, one.Interval.Low, 1e-9));
    }

    [Fact]
    public void Make_PValues_AreCorrectedForTheTable()
    {
        var tested = Make(new StoredRunMaker(folder.Path)).Where(one => one.P is not null).ToList();
        var least = tested.MinBy(one => one.RawP)!;
        Assert.Equal(8, tested.Count);
        Assert.Equal(Math.Min(1, 8 * least.RawP!.Value), least.P!.Value, 1e-12);
    }

    private static Comparison Facts(IReadOnlyList<Comparison> all, string variant = "wanda-0.7") =>
        all.Single(one => one.Task == "facts" && one.Variant == variant);

    private static IReadOnlyList<Comparison> Make(StoredRunMaker maker) => new DenseComparisons(maker.Write()).Make();
}
