namespace LlmKick.Transformers.Tokenization;

/// <summary>Finds which of some texts another begins with.</summary>
internal sealed class TextMatches(IEnumerable<string> texts)
{
    private readonly Dictionary<char, string[]> _byFirst = texts.Where(text => text.Length > 0).GroupBy(text => text[0])
        .ToDictionary(group => group.Key, group => group.OrderByDescending(text => text.Length).ToArray());

    /// <summary>Length of the longest that a text, which is not empty, begins with; 0 where there is none.</summary>
    public int Match(ReadOnlySpan<char> text)
    {
        if (_byFirst.Count == 0 || !_byFirst.TryGetValue(text[0], out var candidates))
            return 0;
        foreach (var candidate in candidates)
            if (text.StartsWith(candidate, StringComparison.Ordinal))
                return candidate.Length;
        return 0;
    }
}
