using System.Text.RegularExpressions;
using LlmKick.Harness.Python;

namespace LlmKick.Harness.Metrics;

/// <summary>How a text is compared with a right one: what is taken out of both first.</summary>
/// <param name="Ignored">Patterns that are taken out.</param>
/// <param name="IgnoresCase">Whether case does not count.</param>
/// <param name="IgnoresPunctuation">Whether ASCII's punctuation does not count.</param>
/// <param name="IgnoresNumbers">Whether digits do not count.</param>
internal sealed record TextMatch(IReadOnlyList<Regex> Ignored, bool IgnoresCase, bool IgnoresPunctuation, bool IgnoresNumbers)
{
    private const string Punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~";

    /// <summary>Nothing is taken out.</summary>
    public static TextMatch Whole { get; } = new([], false, false, false);

    /// <summary>The keys of a metric that it reads.</summary>
    public static IReadOnlyList<string> Keys { get; } = ["regexes_to_ignore", "ignore_case", "ignore_punctuation", "ignore_numbers"];

    /// <summary>Reads a metric's options.</summary>
    public static TextMatch Read(IReadOnlyDictionary<string, object?> map, string place) => new(
        map.GetValueOrDefault("regexes_to_ignore") switch
        {
            IReadOnlyList<object?> several => [.. several.Select(one => PythonRegex.Of(PythonText.Str(one), place))],
            string one => [PythonRegex.Of(one, place)],
            _ => [],
        }, map.GetValueOrDefault("ignore_case") is true, map.GetValueOrDefault("ignore_punctuation") is true,
        map.GetValueOrDefault("ignore_numbers") is true);

    /// <summary>Whether two texts are the same but for what does not count.</summary>
    public bool Same(string text, string right) => Plain(text) == Plain(right);

    private string Plain(string text)
    {
        foreach (var pattern in Ignored)
            text = pattern.Replace(text, "");
        if (IgnoresCase)
            text = text.ToLowerInvariant();
        return IgnoresPunctuation || IgnoresNumbers
            ? string.Concat(text.Where(letter => !(IgnoresPunctuation && Punctuation.Contains(letter, StringComparison.Ordinal))
                && !(IgnoresNumbers && char.IsAsciiDigit(letter)))) : text;
    }
}
