using System.Text.RegularExpressions;

namespace LlmKick.Kick.Texts;

/// <summary>Cuts texts into words, lower case.</summary>
internal static partial class Words
{
    /// <summary>Runs of a-z and 0-9, as the Python packages rouge-score and rank-bm25's users have it.</summary>
    public static string[] Ascii(string text) => [.. AsciiWord().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>Runs of letters and digits of any script.</summary>
    public static string[] Of(string text) => [.. Word().Matches(text.ToLowerInvariant()).Select(match => match.Value)];

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex AsciiWord();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
