using LlmKick.Sdk.Tasks.Texts;

namespace LlmKick.Tests.Tasks.Texts;

public sealed class NgramsTests
{
    [Fact]
    public void CopiedShare_IsOfTheTextsOwnRuns() =>
        Assert.Equal(0.5, Ngrams.CopiedShare(["a", "b", "c"], ["x", "a", "b", "y"], 2), 1e-12);

    [Fact]
    public void RepeatedShare_CountsWhatWasThereBefore() =>
        Assert.Equal(0.5, Ngrams.RepeatedShare(["a", "b", "a", "b", "a"], 2), 1e-12);

    [Fact]
    public void Shares_TooFewWords_AreZero() => Assert.Equal((0, 0), (Ngrams.CopiedShare(["a"], ["a"], 2), Ngrams.RepeatedShare([], 3)));

    [Fact]
    public void Words_AnyScript_CaseIgnored() => Assert.Equal(["ünïcode", "東京", "3", "x"], WordSplitter.Of("Ünïcode, 東京! 3-X"));
}
