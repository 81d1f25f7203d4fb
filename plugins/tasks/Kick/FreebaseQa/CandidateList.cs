using System.Text.RegularExpressions;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>
/// Tells an answer from a list of candidates: two that `or` or a slash joins, three or more short ones in a row, or numbered lines.
/// </summary>
internal static partial class CandidateList
{
    private const int ShortWords = 5;
    private const int Row = 3;

    /// <summary>What a list is, for people.</summary>
    public const string Meaning = "two joined by `or` or `/`, three or more of at most five words in a row, or numbered lines";

    /// <summary>Whether an output lists candidates that are not all right.</summary>
    /// <param name="output">The output; only its first line that is not blank is looked at, unless lines are numbered.</param>
    /// <param name="answers">Right answers; commas and conjunctions inside them part nothing.</param>
    public static bool IsIn(string output, IReadOnlyList<string> answers)
    {
        string[] lines = [.. output.Split('\n').Where(line => !string.IsNullOrWhiteSpace(line))];
        if (lines.Length > 1 && lines.Take(2).All(line => Marker().IsMatch(line)))
            return !lines.Where(line => Marker().IsMatch(line)).All(line => IsRight(line, answers));
        return lines.Length > 0 && IsRow(CandidateParts.Of(Marker().Replace(lines[0], ""), answers), answers);
    }

    private static bool IsRow(CandidateParts line, IReadOnlyList<string> answers) =>
        line.Parts.Count >= (line.HasAlternative ? 2 : Row) && line.Parts.All(part => part.Count <= ShortWords)
            && !line.Parts.All(part => IsRight(string.Join(' ', part), answers));

    private static bool IsRight(string text, IReadOnlyList<string> answers) =>
        answers.Any(answer => AnswerText.ContainsWords(text, answer));

    [GeneratedRegex(@"^\s*((\d+|[A-Za-z])[.)]|[-*•])\s+")]
    private static partial Regex Marker();
}
