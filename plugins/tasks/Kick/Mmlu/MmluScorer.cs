using System.Text;
using LlmKick.Sdk.Models;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.Mmlu;

/// <summary>Scores an answer both ways.</summary>
internal static class MmluScorer
{
    public static Scores Score(string subject, string letter, ChooseResponse answer)
    {
        // The released code has one token written and compares the last character of all text with the letter.
        var written = answer.BestText.Length == 0 ? "" : answer.BestText[^1..];
        return new Scores(new Dictionary<string, double>
        {
            [ScoreNames.Strict] = ScoreNames.Of(BestLetter(answer.LogProbabilities) == letter),
            [ScoreNames.Paper] = ScoreNames.Of(written == letter),
            [ScoreNames.FormatFailure] = ScoreNames.Of(!MmluQuestion.Letters.Contains(written)),
        })
        {
            Groups = MmluSubjects.All[subject],
        };
    }

    /// <summary>Adds whether the right answer's text is the most probable for each of its bytes: long texts would lose otherwise.</summary>
    public static Scores AddText(Scores scores, MmluSample question, ChooseResponse answer)
    {
        var perByte = answer.LogProbabilities.Zip(question.Texts, (sum, text) => sum / Encoding.UTF8.GetByteCount(text.Text)).ToArray();
        return scores with { Values = scores.Values.Append(new(ScoreNames.Text, ScoreNames.Of(BestLetter(perByte) == question.Letter)))
            .ToDictionary() };
    }

    /// <summary>The most probable letter; the first of equals, none where all are NaN.</summary>
    private static string? BestLetter(IReadOnlyList<double> logProbabilities)
    {
        var best = -1;
        for (var i = 0; i < logProbabilities.Count; i++)
            if (!double.IsNaN(logProbabilities[i]) && (best < 0 || logProbabilities[i] > logProbabilities[best]))
                best = i;
        return best < 0 ? null : MmluQuestion.Letters[best];
    }
}
