using System.Text.RegularExpressions;
using LlmKick.Sdk.Tasks;

namespace LlmKick.Kick.FreebaseQa;

/// <summary>A line cut where candidates may be parted: at commas, semicolons, slashes, bars and conjunctions outside right
/// answers.</summary>
/// <param name="Parts">The words of each part.</param>
/// <param name="HasAlternative">Whether an `or`, a slash or a bar parts any.</param>
internal sealed partial record CandidateParts(IReadOnlyList<IReadOnlyList<string>> Parts, bool HasAlternative)
{
    private static readonly HashSet<string> Alternatives = ["or", "/", "|"];
    private static readonly HashSet<string> Conjunctions = ["and", "&"];

    public static CandidateParts Of(string line, IReadOnlyList<string> answers)
    {
        string[] tokens = [.. Tokens(line)];
        var isCut = tokens.Select(IsSeparator).ToArray();
        foreach (var answer in answers)
            Keep(tokens, isCut, [.. Tokens(answer)]);
        var parts = new List<List<string>> { new() };
        foreach (var (token, cuts) in tokens.Zip(isCut))
            if (!cuts)
                parts[^1].Add(token);
            else if (parts[^1].Count > 0)
                parts.Add([]);
        return new CandidateParts([.. parts.Where(part => part.Count > 0)],
            tokens.Zip(isCut).Any(pair => pair.Second && Alternatives.Contains(pair.First)));
    }

    /// <summary>Inside a right answer nothing is cut.</summary>
    private static void Keep(string[] tokens, bool[] isCut, string[] answer)
    {
        for (var start = 0; answer.Length > 0 && start + answer.Length <= tokens.Length; start++)
            if (tokens.AsSpan(start, answer.Length).SequenceEqual(answer))
                isCut.AsSpan(start, answer.Length).Clear();
    }

    private static bool IsSeparator(string token) => token is "," or ";" || Alternatives.Contains(token) || Conjunctions.Contains(token);

    private static IEnumerable<string> Tokens(string text) => Token().Matches(AnswerText.Compose(text).ToLowerInvariant())
        .Select(match => match.Value);

    /// <summary>Words, and marks that part; a comma or slash between digits belongs to a number.</summary>
    [GeneratedRegex(@"[^\s\p{P}\p{S}]+|[;|&]|(?<!\d)[,/]|[,/](?!\d)")]
    private static partial Regex Token();
}
