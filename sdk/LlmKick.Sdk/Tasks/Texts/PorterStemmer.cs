namespace LlmKick.Sdk.Tasks.Texts;

/// <summary>
/// Porter's stemmer (1980) as the Python package nltk has it by default, with its extensions: what rouge-score uses for stems.
/// </summary>
internal static class PorterStemmer
{
    private static readonly Dictionary<string, string> Irregular = new(StringComparer.Ordinal)
    {
        ["sky"] = "sky", ["skies"] = "sky", ["dying"] = "die", ["lying"] = "lie", ["tying"] = "tie", ["news"] = "news",
        ["innings"] = "inning", ["inning"] = "inning",
        ["outings"] = "outing", ["outing"] = "outing", ["cannings"] = "canning", ["canning"] = "canning", ["howe"] = "howe",
        ["proceed"] = "proceed",
        ["exceed"] = "exceed", ["succeed"] = "succeed",
    };

    private static readonly SuffixRule[] Plurals = [new("sses", "ss"), new("ies", "i"), new("ss", "ss"), new("s", "")];

    private static readonly SuffixRule[] DoubleSuffixes =
    [
        new("ational", "ate", 1), new("tional", "tion", 1), new("enci", "ence", 1), new("anci", "ance", 1), new("izer", "ize", 1),
        new("bli", "ble", 1),
        new("alli", "al", 1), new("entli", "ent", 1), new("eli", "e", 1), new("ousli", "ous", 1), new("ization", "ize", 1),
        new("ation", "ate", 1),
        new("ator", "ate", 1), new("alism", "al", 1), new("iveness", "ive", 1), new("fulness", "ful", 1), new("ousness", "ous", 1),
        new("aliti", "al", 1),
        new("iviti", "ive", 1), new("biliti", "ble", 1), new("fulli", "ful", 1),
        // The l counts with the stem, so that geology goes like archaeology.
        new("logi", "log", stem => new WordShape(stem + "l").Measure > 0),
    ];

    private static readonly SuffixRule[] Adjectives =
        [new("icate", "ic", 1), new("ative", "", 1), new("alize", "al", 1), new("iciti", "ic", 1), new("ical", "ic", 1),
            new("ful", "", 1), new("ness", "", 1)];

    private static readonly SuffixRule[] Endings =
    [
        .. "al ance ence er ic able ible ant ement ment ent".Split(' ').Select(suffix => new SuffixRule(suffix, "", 2)),
        new("ion", "", stem => new WordShape(stem).Measure > 1 && stem[^1] is 's' or 't'),
        .. "ou ism ate iti ous ive ize".Split(' ').Select(suffix => new SuffixRule(suffix, "", 2)),
    ];

    /// <summary>The stem of a word.</summary>
    /// <param name="word">A word in lower case.</param>
    public static string Stem(string word)
    {
        if (Irregular.TryGetValue(word, out var irregular))
            return irregular;
        return word.Length <= 2 ? word : WithoutDoubleL(
            WithoutE(SuffixRule.Apply(SuffixRule.Apply(WithoutDouble(WithI(WithoutTense(WithoutPlural(word)))), Adjectives), Endings)));
    }

    private static string WithoutPlural(string word) => word is [_, 'i', 'e', 's'] ? word[..^1] : SuffixRule.Apply(word, Plurals);

    private static string WithoutTense(string word)
    {
        if (word.EndsWith("ied", StringComparison.Ordinal))
            return word.Length == 4 ? word[..^1] : word[..^2];
        if (word.EndsWith("eed", StringComparison.Ordinal))
            return new WordShape(word[..^3]).Measure > 0 ? word[..^1] : word;
        var suffix = new[] { "ed", "ing" }
            .FirstOrDefault(suffix => word.EndsWith(suffix, StringComparison.Ordinal) && new WordShape(word[..^suffix.Length]).HasVowel);
        return suffix is null ? word : Restored(word[..^suffix.Length]);
    }

    /// <summary>What a verb is without its ending: hop of hopp, file of fil.</summary>
    private static string Restored(string stem)
    {
        var shape = new WordShape(stem);
        if (stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal)
            || stem.EndsWith("iz", StringComparison.Ordinal))
            return stem + "e";
        if (shape.EndsInDoubleConsonant)
            return stem[^1] is 'l' or 's' or 'z' ? stem : stem[..^1];
        return shape is { Measure: 1, EndsShort: true } ? stem + "e" : stem;
    }

    private static string WithI(string word) => word is [.., 'y'] && word.Length > 2
        && new WordShape(word).IsConsonant(word.Length - 2) ? word[..^1] + "i" : word;

    private static string WithoutDouble(string word) => word.EndsWith("alli", StringComparison.Ordinal)
        && new WordShape(word[..^4]).Measure > 0
        ? WithoutDouble(word[..^2])
        : SuffixRule.Apply(word, DoubleSuffixes);

    private static string WithoutE(string word)
    {
        if (word is not [.., 'e'])
            return word;
        var stem = new WordShape(word[..^1]);
        return stem.Measure > 1 || stem is { Measure: 1, EndsShort: false } ? word[..^1] : word;
    }

    private static string WithoutDoubleL(string word) => word is [.., 'l', 'l']
        && new WordShape(word[..^1]).Measure > 1 ? word[..^1] : word;
}
