using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>pre_tokenizer</c> part into split rules. It must end in the byte alphabet.</summary>
internal static class PreTokenizerReader
{
    public static IReadOnlyList<ISplitRule> Read(TokenizerElement preTokenizer)
    {
        var parts = preTokenizer.Type == "Sequence" ? preTokenizer.Required("pretokenizers").Items().ToList() : [preTokenizer];
        if (parts.Count == 0 || parts[^1].Type != "ByteLevel" || parts.Count(part => part.Type == "ByteLevel") > 1)
            throw preTokenizer.Fault("its pre_tokenizer does not end in one 'ByteLevel', and only byte-level tokenizers are supported");
        return [.. parts.Select(Rule).OfType<ISplitRule>()];
    }

    private static ISplitRule? Rule(TokenizerElement part) => part.Type switch
    {
        "ByteLevel" => Words(part),
        "Digits" => SplitRules.Digits(part.Flag("individual_digits")),
        "Split" => Split(part),
        _ => throw part.Unsupported(),
    };

    private static ISplitRule? Words(TokenizerElement part)
    {
        if (part.Flag("add_prefix_space", absent: true))
            throw part.Fault("its pre_tokenizer 'ByteLevel' has 'add_prefix_space', which is not supported");
        return part.Flag("use_regex", absent: true) ? SplitRules.WordsOfGpt2 : null;
    }

    private static ISplitRule Split(TokenizerElement part)
    {
        // The known patterns match every character, so both settings keep exactly the matches.
        if ((part.Text("behavior"), part.Flag("invert")) is not (("Isolated", false) or ("Removed", true)))
            throw part.Fault($"its pre_tokenizer 'Split' has the behavior '{part.Text("behavior")}' with invert {part.Flag("invert")}, which is not supported");
        var pattern = part.Required("pattern").Text("Regex");
        return SplitRules.FindPattern(pattern) ?? throw part.Fault($"its pre_tokenizer 'Split' has the pattern {pattern}, which is not known");
    }
}
