using LlmKick.Reports;
using LlmKick.Reports.Comparisons;
using LlmKick.Reports.Wording;
using LlmKick.Storage;

namespace LlmKick.Tests.Reports.Comparisons;

public sealed class IntervalNotesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Of_FewSamplesOrClusters_NamesThem() => Assert.Equal(
        ["Take the intervals of reading (120 samples in 24 clusters), perplexity (40 samples) as a rough guide: how often intervals "
            + "hold the truth was simulated for 100 samples or 30 clusters and more."],
        IntervalNotes.Of([.. Make(5, 120).Where(one => one.Task != "facts")]));

    [Fact]
    public void Of_Enough_SaysNothing() => Assert.Empty(IntervalNotes.Of([.. Make(4, 120).Where(one => one.Task != "perplexity")]));

    [Fact]
    public void Of_OneCluster_SaysThatThereIsNoInterval()
    {
        var facts = Make(60, 60).Where(one => one.Task == "facts").ToList();
        Assert.All(facts, one => Assert.True(double.IsNaN(one.Interval.Low) && double.IsNaN(one.Interval.High)));
        Assert.Equal(["[–]: no interval can be estimated of facts: it takes two samples or whole clusters at least, and something that the "
            + "dense model scores in."], IntervalNotes.Of(facts));
        Assert.All(facts, one => Assert.Equal("[–]", DisplayText.Interval(one)));
        Assert.Null(Json.Of(ComparedResults.Of(facts[0]))!["low"]);
        Assert.True((bool)Json.Of(ComparedResults.Of(facts[0]))!["few_samples"]!);
    }

    private IReadOnlyList<Comparison> Make(int clusterSize, int samples) =>
        new DenseComparisons(new StoredRunMaker(folder.Path) { ClusterSize = clusterSize, Samples = samples }.Write()).Make();
}
