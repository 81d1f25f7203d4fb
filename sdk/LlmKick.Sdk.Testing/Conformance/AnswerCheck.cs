using LlmKick.Sdk.Models;

namespace LlmKick.Sdk.Testing.Conformance;

/// <summary>Compares answers.</summary>
internal static class AnswerCheck
{
    /// <summary>The most by which two log-probabilities of one thing may differ.</summary>
    public const double Tolerance = 1e-4;

    public static void Ends(GenerateResponse response, int asked, FinishReason wanted) => Assert.True(
        response.Finish == wanted || (response.Finish == FinishReason.EndOfText && response.Tokens.Count <= asked),
        $"A text of {response.Tokens.Count} tokens, of {asked} asked for, says that it ended by {response.Finish}, not {wanted}: "
            + $"nobody can tell that it was cut off.");

    public static void Same(Response one, Response other)
    {
        switch (one, other)
        {
            case (ChooseResponse a, ChooseResponse b):
                foreach (var (x, y) in a.LogProbabilities.Zip(b.LogProbabilities))
                    Near(x, y, "a choice asked alone and among others");
                break;
            case (RollingResponse a, RollingResponse b):
                foreach (var (x, y) in a.LogProbabilities.Zip(b.LogProbabilities))
                    Near(x, y, "a token read alone and among others");
                break;
            case (GenerateResponse a, GenerateResponse b):
                Assert.True(a.Text == b.Text,
                    $"A text written alone ('{a.Text}') and among others ('{b.Text}') differ: look at padding, positions and the cache.");
                break;
        }
    }

    public static void Near(double one, double other, string what) =>
        Assert.True(Math.Abs(one - other) <= Tolerance,
            $"The log-probability of {what} is {one} and {other}: look at padding, positions, masks and the cache.");
}
