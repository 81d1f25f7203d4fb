using LlmKick.Runs.Results;
using LlmKick.Sdk;
using LlmKick.Tests.Reports;

namespace LlmKick.Tests.Runs.Results;

public sealed class MergedRunsTests : IDisposable
{
    private readonly TemporaryFolder first = new();
    private readonly TemporaryFolder second = new();

    public void Dispose()
    {
        first.Dispose();
        second.Dispose();
    }

    [Fact]
    public void Of_TwoRuns_HasEveryVariantOnce()
    {
        var merged = Merge(new StoredRunMaker(second.Path) { Name = "other", Variants = [("wanda", 0.5, 10), ("sparsegpt", 0.5, 5)] });
        Assert.Equal("made + other", merged.Name);
        Assert.Equal(["dense", "wanda-0.3", "wanda-0.5", "wanda-0.7", "magnitude-0.5", "sparsegpt-0.5"],
            merged.Variants.Select(variant => variant.Name));
        Assert.Equal(["facts", "reading", "perplexity"], merged.Tasks.Select(task => task.Name));
    }

    [Fact]
    public void Of_MoreTasksInTheSecond_KeepsBothUnderNamesThatDiffer() => Assert.Contains(
        "dense@other", Merge(new StoredRunMaker(second.Path) { Name = "other", Tasks = ["facts", "news"], Variants = [] })
            .Variants.Select(variant => variant.Name));

    [Fact]
    public void Of_OtherCalibration_IsAnotherMethod()
    {
        var merged = Merge(new StoredRunMaker(second.Path) { Name = "other", Variants = [("wanda", 0.5, 10)], CalibrationSamples = 128 });
        Assert.Equal(["dense", "wanda-0.3", "wanda-0.5", "wanda-0.7", "magnitude-0.5", "wanda-0.5@other"],
            merged.Variants.Select(variant => variant.Name));
        Assert.Equal(["", "wanda", "wanda", "wanda", "magnitude", "wanda@other"], merged.Variants.Select(variant => variant.Method));
    }

    [Fact]
    public void Of_OtherQuestionsOfOneName_IsRefused() => Assert.StartsWith(
        "The runs ask different things under the name 'facts'",
        Assert.Throws<LlmKickException>(() => Merge(new StoredRunMaker(second.Path) { Shots = 5 })).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_NoRun_SaysWhatToName() =>
        Assert.Contains("has no results.json: name the folder of a run",
            Assert.Throws<LlmKickException>(() => RunResults.Read(first.Path)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"format":"llmkick/results@1","name":"old"}""")]
    public void Read_NotItsDocument_SaysSo(string text)
    {
        File.WriteAllText(first.File("results.json"), text);
        Assert.Contains(first.Path, Assert.Throws<LlmKickException>(() => RunResults.Read(first.Path)).Message, StringComparison.Ordinal);
    }

    private RunResults Merge(StoredRunMaker other) => MergedRuns.Of([new StoredRunMaker(first.Path).Write(), other.Write()]);
}
