namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>Puts another ending for a word's ending.</summary>
/// <param name="Suffix">The word's ending.</param>
/// <param name="Replacement">The other one.</param>
/// <param name="Fits">Whether what stands before the ending allows it.</param>
internal sealed record SuffixRule(string Suffix, string Replacement, Func<string, bool> Fits)
{
    /// <summary>A rule for any word whose stem has a measure.</summary>
    public SuffixRule(string suffix, string replacement, int leastMeasure = 0)
        : this(suffix, replacement, stem => new WordShape(stem).Measure >= leastMeasure) { }

    /// <summary>Applies the first rule whose ending the word has; where that does not fit, none.</summary>
    public static string Apply(string word, IEnumerable<SuffixRule> rules)
    {
        if (rules.FirstOrDefault(rule => word.EndsWith(rule.Suffix, StringComparison.Ordinal)) is not { } found)
            return word;
        var stem = word[..^found.Suffix.Length];
        return found.Fits(stem) ? stem + found.Replacement : word;
    }
}
