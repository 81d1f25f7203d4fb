using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>Scores an answer both ways.</summary>
internal static class FreebaseQaScorer
{
    public static Scores Score(FreebaseQaQuestion question, string promptReadBack, string output) => new(new Dictionary<string, double>
    {
        [ScoreNames.Strict] = ScoreNames.Of(Strict(question.Answers, output)),
        [ScoreNames.Paper] = ScoreNames.Of(Paper(question.PaperAnswers, promptReadBack + output)),
    });

    /// <summary>The released code: spaces deleted, lower case, anywhere in prompt and output, within words too.</summary>
    private static bool Paper(IReadOnlyList<string> answers, string text)
    {
        var squeezed = Squeezed(text);
        return answers.Any(answer => squeezed.Contains(Squeezed(answer), StringComparison.Ordinal));
    }

    /// <summary>The first line of the output that is not blank has an answer as whole words, and does not list it among others.</summary>
    private static bool Strict(IReadOnlyList<string> answers, string output)
    {
        var line = output.TrimStart().Split('\n')[0];
        return answers.Any(answer => AnswerText.ContainsWords(line, answer)) && !CandidateList.IsIn(output, answers);
    }

    private static string Squeezed(string text) => text.Trim().Replace(" ", "", StringComparison.Ordinal).ToLowerInvariant();
}
