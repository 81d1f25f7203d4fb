using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>pre_tokenizer</c> part.</summary>
internal static class PreTokenizerReader
{
    public static IReadOnlyList<IPreTokenizer> Read(TokenizerElement? preTokenizer) => preTokenizer?.Type switch
    {
        null => [],
        "Sequence" => [.. preTokenizer.Required("pretokenizers").Items().SelectMany(part => Read(part))],
        "ByteLevel" => ByteLevel(preTokenizer),
        "Split" => [Split(preTokenizer)],
        "Digits" => [new RuleSplitter(SplitRules.Digits(preTokenizer.Flag("individual_digits")))],
        "Punctuation" => [Punctuation(Behavior(preTokenizer, "Isolated"))],
        "Whitespace" => [new RuleSplitter(new WordRule(), dropsOthers: true)],
        "WhitespaceSplit" => [new RuleSplitter(new NonSpaceRule(), dropsOthers: true)],
        "BertPreTokenizer" => [new RuleSplitter(new BertRule(), dropsOthers: true)],
        "CharDelimiterSplit" => [new PatternSplitter(new TextMatcher(preTokenizer.Character("delimiter")), SplitBehavior.Removed)],
        "FixedLength" => [new RuleSplitter(new FixedLengthRule(Math.Max(1, preTokenizer.Required("length").AsId())))],
        "Metaspace" => [Metaspace(preTokenizer)],
        "UnicodeScripts" => [new ScriptSplitter()],
        _ => throw preTokenizer.Unsupported(),
    };

    /// <summary>Which marks a Metaspace puts in front: by name, or by the flag of older files.</summary>
    public static PrependScheme Scheme(TokenizerElement part) => part.Optional("prepend_scheme")?.AsText() switch
    {
        null => part.Flag("add_prefix_space", absent: true) ? PrependScheme.Always : PrependScheme.Never,
        "always" => PrependScheme.Always,
        "first" => PrependScheme.First,
        "never" => PrependScheme.Never,
        var other => throw part.Fault($"its 'prepend_scheme' is '{other}', and only always, first and never are known"),
    };

    private static IPreTokenizer Punctuation(SplitBehavior behavior) => behavior switch
    {
        SplitBehavior.Isolated => new RuleSplitter(new RunRule(CharacterClass.IsBertPunctuation, MostRunes: 1)),
        SplitBehavior.Contiguous => new RuleSplitter(new RunRule(CharacterClass.IsBertPunctuation)),
        _ => new PatternSplitter(new RuneMatcher(CharacterClass.IsBertPunctuation), behavior),
    };

    private static Metaspace Metaspace(TokenizerElement part) =>
        new(part.Character("replacement"), Scheme(part), part.Flag("split", absent: true));

    private static IReadOnlyList<IPreTokenizer> ByteLevel(TokenizerElement part) =>
    [
        .. part.Flag("add_prefix_space", absent: true) ? [new PrefixSpace()] : Array.Empty<IPreTokenizer>(),
        .. part.Flag("use_regex", absent: true) ? [new RuleSplitter(SplitRules.WordsOfGpt2)] : Array.Empty<IPreTokenizer>(),
        new ByteSpelling(),
    ];

    private static IPreTokenizer Split(TokenizerElement part)
    {
        var (behavior, inverts) = (Behavior(part), part.Flag("invert"));
        // The known patterns match every character, so that either way exactly the matches are left.
        if ((behavior, inverts) is (SplitBehavior.Isolated, false) or (SplitBehavior.Removed, true)
            && part.Required("pattern").Optional("Regex") is { } pattern && SplitRules.FindPattern(pattern.AsText()) is { } rule)
            return new RuleSplitter(rule);
        return new PatternSplitter(MatcherReader.Read(part), behavior, inverts);
    }

    private static SplitBehavior Behavior(TokenizerElement part, string? absent = null)
    {
        var name = part.Optional("behavior")?.AsText() ?? absent ?? part.Text("behavior");
        return Enum.TryParse<SplitBehavior>(name, out var behavior) && Enum.IsDefined(behavior)
            ? behavior
            : throw part.Fault($"its pre_tokenizer '{part.Type}' has the behavior '{name}', which is not known");
    }
}
