using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using LlmKick.Harness.Python;
using LlmKick.Harness.Rows;

namespace LlmKick.Harness.Filters;

/// <summary>Finds which of a row's choices an answer names: by a pattern, by its own text, or by a letter behind a colon.</summary>
internal sealed class ChoiceFilter(IReadOnlyDictionary<string, object?> map, string place) : RegexFilter(map, place)
{
    private readonly List<Regex> ignored = map.GetValueOrDefault("regexes_to_ignore") is IReadOnlyList<object?> patterns
        ? [.. patterns.Select(pattern => PythonRegex.Of(PythonText.Str(pattern), place))] : [];

    private readonly bool ignoresCase = map.GetValueOrDefault("ignore_case") is true;
    private readonly bool ignoresPunctuation = map.GetValueOrDefault("ignore_punctuation") is true;

    /// <summary>What each answer names, such as <c>(B)</c>.</summary>
    public IReadOnlyList<string> Apply(IReadOnlyList<string> answers, Row row)
    {
        var texts = row.List("choices").Select(choice => Plain(PythonText.Str(choice).Trim())).ToList();
        var letters = Enumerable.Range(0, texts.Count).Select(i => (char)('A' + i)).ToList();
        var byText = new Regex(string.Join('|', texts.Select(Regex.Escape)), RegexOptions.CultureInvariant);
        var byLetter = new Regex($@":\s*({string.Join('|', letters)})", RegexOptions.CultureInvariant);
        return [.. answers.Select(answer => Found(Find(Pattern, answer)) ?? Named(Found(Find(byText, Plain(answer))))
            ?? Lettered(Found(Find(byLetter, answer))) ?? Fallback)];

        string? Named(string? text) => text is null ? null : texts.LastIndexOf(text) is >= 0 and var at ? $"({letters[at]})" : text;

        static string? Lettered(string? letter) => letter is null ? null : $"({letter})";

        static string? Found(string? text) => string.IsNullOrEmpty(text) ? null : text;
    }

    private string Plain(string text)
    {
        foreach (var pattern in ignored)
            text = pattern.Replace(text, "");
        if (ignoresCase)
            text = text.ToLowerInvariant();
        if (!ignoresPunctuation)
            return text;
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
            if (Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.ConnectorPunctuation or UnicodeCategory.DashPunctuation
                or UnicodeCategory.OpenPunctuation or UnicodeCategory.ClosePunctuation or UnicodeCategory.InitialQuotePunctuation
                or UnicodeCategory.FinalQuotePunctuation or UnicodeCategory.OtherPunctuation))
                kept.Append(rune);
        return kept.ToString();
    }
}
