using LlmKick.Quickstart.Training;

namespace LlmKick.Tests.Quickstart;

public sealed class NgramModelTests
{
    [Fact]
    public void Perplexity_RepeatedText_IsNearOne()
    {
        int[] text = [.. Enumerable.Range(0, 400).Select(i => i % 4)];
        Assert.InRange(new NgramModel(text, 3, 10).Perplexity(text), 1, 1.1);
    }

    [Fact]
    public void Perplexity_NothingCounted_IsTheVocabulary() => Assert.Equal(10, new NgramModel([], 3, 10).Perplexity([1, 2, 3, 4]), 1e-9);

    /// <summary>By hand: after 0 come 1 twice and 2 once; of the continuations 0, 1, 2 there are one type of each after the text's
    /// start.</summary>
    [Fact]
    public void Perplexity_Bigrams_InterpolatesWithTheNumberOfContexts()
    {
        // Bigrams (0,1) (1,0) (0,2) (2,0) (0,1); the unigram 0 was seen at the start too.
        var model = new NgramModel([0, 1, 0, 2, 0, 1], 2, 4);
        // Continuation counts: 0 at the start, after 1 and after 2 = 3; 1 after 0 = 1; 2 after 0 = 1.
        const double one = (1 - 0.75 + 0.75 * 3 / 4) / 5;
        const double afterZero = (2 - 0.75 + 0.75 * 2 * one) / 3;
        Assert.Equal(1 / afterZero, model.Perplexity([0, 1]), 1e-9);
    }
}
