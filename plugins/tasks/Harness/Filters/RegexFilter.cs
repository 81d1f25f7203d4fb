using System.Text.RegularExpressions;
using LlmKick.Harness.Python;

namespace LlmKick.Harness.Filters;

/// <summary>Finds what a pattern matches in an answer.</summary>
internal class RegexFilter
{
    private const string Nothing = "[invalid]";
    private readonly int select;

    public RegexFilter(IReadOnlyDictionary<string, object?> map, string place)
    {
        Pattern = PythonRegex.Of(map.GetValueOrDefault("regex_pattern") as string ?? @"#### (\-?[0-9\.\,]+)", place);
        Fallback = map.GetValueOrDefault("fallback") is { } fallback ? PythonText.Str(fallback) : Nothing;
        select = map.GetValueOrDefault("group_select") is long place_ ? (int)place_ : 0;
    }

    /// <summary>The pattern.</summary>
    protected Regex Pattern { get; }

    /// <summary>What is taken where nothing matches.</summary>
    protected string Fallback { get; }

    /// <summary>The match that is chosen, or the fallback.</summary>
    public string Apply(string answer) => Find(Pattern, answer) ?? Fallback;

    /// <summary>One of all matches; of its groups the first that is not empty. Null where there is none.</summary>
    protected string? Find(Regex pattern, string answer)
    {
        var matches = pattern.Matches(answer);
        var at = select < 0 ? matches.Count + select : select;
        if (at < 0 || at >= matches.Count)
            return null;
        var match = matches[at];
        return (match.Groups.Count <= 2 ? match.Groups[^1].Value
            : match.Groups.Values.Skip(1).FirstOrDefault(group => group.Length > 0)?.Value)?.Trim();
    }
}
