using System.Text.RegularExpressions;

namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>Cuts texts into words, lower case.</summary>
public static partial class WordSplitter
{
    /// <summary>Runs of a-z and 0-9, as the Python package rouge-score has them.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<string> Ascii(string text) =>
        [.. AsciiWord().Matches(AnswerText.Compose(text).ToLowerInvariant()).Select(match => match.Value)];

    /// <summary>The words of <see cref="Ascii"/>, of those with more than three letters the stem (Porter's), as rouge-score has them with
    /// <c>use_stemmer</c>.</summary>
    /// <param name="text">Any text, best in English.</param>
    public static IReadOnlyList<string> AsciiStems(string text) =>
        [.. Ascii(text).Select(word => word.Length > LongestUnstemmed ? PorterStemmer.Stem(word) : word)];

    /// <summary>Runs of letters and digits of any script.</summary>
    /// <param name="text">Any text.</param>
    public static IReadOnlyList<string> Of(string text) =>
        [.. Word().Matches(AnswerText.Compose(text).ToLowerInvariant()).Select(match => match.Value)];

    private const int LongestUnstemmed = 3;

    [GeneratedRegex("[a-z0-9]+")]
    private static partial Regex AsciiWord();

    [GeneratedRegex(@"[\p{L}\p{M}\p{N}]+")]
    private static partial Regex Word();
}
