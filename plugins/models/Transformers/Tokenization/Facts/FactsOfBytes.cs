using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>Byte-level BPE of a tokenizer.json: the kind <c>gpt2</c>.</summary>
internal static class FactsOfBytes
{
    private const string Punctuation = @"[\p{P}\$\+<=>\^~\|`]+";

    public static TokenizerFacts Of(TokenizerFacts facts, TokenizerDefinition definition, TokenizerElement file)
    {
        if (definition.Model is not BpeModel { Symbols: ByteSymbols } model)
            throw file.Fault("its BPE is neither of bytes nor with tokens for bytes, which a GGUF file cannot say");
        // llama.cpp composes no text; its own converters leave NFC out too.
        if (file.Optional("normalizer") is { Type: not "NFC" } normalizer
            && !(normalizer.Type == "Sequence" && normalizer.Required("normalizers").Items().All(part => part.Type == "NFC")))
            throw file.Fault($"its normalizer '{normalizer.Type}' changes texts, which a GGUF file cannot say");
        var patterns = Patterns(file.Optional("pre_tokenizer"))?.Select(Spell).ToList();
        var pre = (patterns is null ? null : GgufPres.FindPatterns(patterns))
            ?? throw file.Fault("llama.cpp has no name for how it cuts texts, so that no GGUF file can say it");
        if (file.Required("model").Flag("ignore_merges") != pre.IgnoreMerges)
            pre = Other(pre, definition, model)
                ?? throw file.Fault($"its 'ignore_merges' is not what llama.cpp's '{pre.Name}' means, so that no GGUF file can say it");
        return facts with
        {
            Model = "gpt2",
            Merges = [.. file.Required("model").Required("merges").Items()
                .Select(merge => merge.IsText ? merge.AsText() : string.Join(' ', merge.Items().Select(part => part.AsText())))],
            PreTokenizer = pre.Name,
            IgnoresMerges = pre.IgnoreMerges,
        };
    }

    /// <summary>Where merges make every token, taking pieces whole changes nothing; else another name with the same patterns may mean the
    /// other thing.</summary>
    private static GgufPre? Other(GgufPre pre, TokenizerDefinition definition, BpeModel model) =>
        model.MergesMakeAll(definition.Added.Select(token => token.Id).ToHashSet()) ? pre
            : GgufPres.FindPatterns(pre.Patterns, !pre.IgnoreMerges);

    /// <summary>How texts are cut, as patterns of which each isolates its matches; null where that says it not.</summary>
    private static IEnumerable<string>? Patterns(TokenizerElement? part) => part?.Type switch
    {
        "Sequence" => part.Required("pretokenizers").Items().Select(Patterns).ToList() is var lists
            && lists.TrueForAll(list => list is not null) ? lists.SelectMany(list => list!) : null,
        "ByteLevel" when !part.Flag("add_prefix_space", absent: true) => part.Flag("use_regex", absent: true) ? [Gpt2Rule.Pattern] : [],
        "Digits" => [part.Flag("individual_digits") ? @"\p{N}" : @"\p{N}+"],
        "Punctuation" when part.Optional("behavior")?.AsText() == "Contiguous" => [Punctuation],
        "Split" when (part.Text("behavior"), part.Flag("invert")) is ("Isolated", false) or ("Removed", true) => part.Required("pattern")
            .Optional("Regex") is { } pattern ? [pattern.AsText()] : null,
        _ => null,
    };

    private static string Spell(string pattern) => pattern.Replace("\r", @"\r", StringComparison.Ordinal)
        .Replace("\n", @"\n", StringComparison.Ordinal);
}
