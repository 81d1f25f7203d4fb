using LlmKick.Kick.TriviaQa;

namespace LlmKick.Tests.Tasks.TriviaQa;

public sealed class TriviaQaTextTests
{
    [Theory]
    [InlineData("The  Beatles!", "beatles")]
    [InlineData("snake_case’s a-b", "snake case s b")]
    [InlineData("AN apple, the end", "apple end")]
    [InlineData("Antheap", "antheap")]
    [InlineData("...", "")]
    [InlineData("The", "")]
    [InlineData("“Émile”", "“émile”")]
    public void Normalize_AsTriviaQasEvaluation(string text, string expected) => Assert.Equal(expected, TriviaQaText.Normalize(text));

    [Theory]
    [InlineData("john lennon", "john lennon", 1)]
    [InlineData("john winston lennon", "john lennon", 0.8)]
    [InlineData("john john", "john", 2.0 / 3)]
    [InlineData("paul", "john", 0)]
    [InlineData("", "john", 0)]
    public void F1_CountsEachWordOnce(string prediction, string answer, double expected) =>
        Assert.Equal(expected, TriviaQaText.F1(prediction, answer), 1e-12);

    [Theory]
    [InlineData("made in iran today", "iran", true)]
    [InlineData("piranha", "iran", false)]
    public void HasWords_WholeWordsAlone(string text, string answer, bool expected) =>
        Assert.Equal(expected, TriviaQaText.HasWords(text, answer));
}
