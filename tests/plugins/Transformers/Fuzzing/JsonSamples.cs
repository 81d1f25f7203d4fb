using System.Text.Json.Nodes;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Small tokenizer.json files that between them have every type of part.</summary>
internal static class JsonSamples
{
    private const string Pattern = @"(?i:'s|'t)|[^\r\n\p{L}\p{N}]?+[\p{Lu}&&[^\p{Han}]]*\p{Ll}+|"
        + @"\p{N}{1,3}(?=(?:\d{3})*\b)| ?[^\s\p{L}[:digit:]]++[\r\n]*|\s*[\r\n]|\s+(?!\S)|(?>\s+)";

    public static JsonObject Settings() => new()
    {
        ["tokenizer_class"] = "TokenizersBackend", ["add_bos_token"] = true, ["bos_token"] = "<s>",
        ["eos_token"] = new JsonObject { ["content"] = "<end>" }, ["extra_special_tokens"] = new JsonArray("<tool>"),
        ["added_tokens_decoder"] = new JsonObject { ["12"] =
            new JsonObject { ["content"] = "<x>", ["special"] = true, ["lstrip"] = true } }, ["chat_template"] = "{{ messages }}",
    };

    public static JsonObject Of(string kind) => kind switch
    {
        "bpe" => Sample(
            Chain("normalizers", Part("NFC"), Part("Prepend", ("prepend", "\u2581")),
                Part("Replace", ("pattern", new JsonObject { ["String"] = " " }), ("content", "\u2581"))),
            Chain("pretokenizers", Part("Split", ("pattern", new JsonObject { ["Regex"] = Pattern }), ("behavior", "MergedWithNext"),
                ("invert", false)), Part("UnicodeScripts"), Part("ByteLevel", ("add_prefix_space", true))),
            Chain("decoders", Part("Replace", ("pattern", new JsonObject { ["Regex"] = "\u2581" }), ("content", " ")), Part("ByteFallback"),
                Part("Fuse"), Part("Strip", ("content", " "), ("start", 1), ("stop", 0))),
            Part("BPE", ("unk_token", "<unk>"), ("fuse_unk", true), ("byte_fallback", true), ("end_of_word_suffix", ""),
                ("ignore_merges", false), ("vocab", Words()), ("merges", new JsonArray("h e", new JsonArray("he", "x")))),
            Part("TemplateProcessing", ("single",
                new JsonArray(Part(null, ("SpecialToken", Part(null, ("id", "<s>")))), Part(null, ("Sequence", Part(null, ("id", "A")))))),
                ("special_tokens", Part(null, ("<s>", Part(null, ("ids", new JsonArray(1)))))))),
        "unigram" => Sample(
            Chain("normalizers", Part("Nmt"), Part("Precompiled", ("precompiled_charsmap", Convert.ToBase64String(CharsmapBytes.Small))),
                Part("NFKD"), Part("StripAccents"), Part("Lowercase"), Part("Strip", ("strip_left", true), ("strip_right", false))),
            Part("Metaspace", ("replacement", "\u2581"), ("prepend_scheme", "first"), ("split", true)),
            Chain("decoders", Part("ByteFallback"), Part("Metaspace", ("replacement", "\u2581"), ("add_prefix_space", true))),
            Part("Unigram", ("unk_id", 0), ("byte_fallback", true),
                ("vocab", new JsonArray([.. Words().Select((word, i) => (JsonNode)new JsonArray(word.Key, -0.5 * i))]))),
            Part("Sequence", ("processors", new JsonArray(Part("ByteLevel"),
                Part("RobertaProcessing", ("cls", new JsonArray("<s>", 1)), ("sep", new JsonArray("<end>", 2))))))),
        "wordpiece" => Sample(
            Part("BertNormalizer", ("clean_text", true), ("handle_chinese_chars", true), ("strip_accents", null), ("lowercase", true)),
            Part("BertPreTokenizer"), Part("WordPiece", ("prefix", "##"), ("cleanup", true)),
            Part("WordPiece", ("unk_token", "<unk>"), ("continuing_subword_prefix", "##"), ("max_input_chars_per_word", 100),
                ("vocab", Words())), Part("BertProcessing", ("cls", new JsonArray("<s>", 1)), ("sep", new JsonArray("<end>", 2)))),
        _ => Sample(
            Chain("normalizers", Part("NFD"), Part("NFKC"), Part("ByteLevel")),
            Chain("pretokenizers", Part("WhitespaceSplit"), Part("Punctuation", ("behavior", "Contiguous")),
                Part("Digits", ("individual_digits", true)), Part("CharDelimiterSplit", ("delimiter", "-")),
                Part("FixedLength", ("length", 5)), Part("Whitespace")),
            Chain("decoders", Part("CTC", ("pad_token", "<pad>"), ("word_delimiter_token", "|"), ("cleanup", true)),
                Part("BPEDecoder", ("suffix", "</w>"))),
            Part("WordLevel", ("unk_token", "<unk>"), ("vocab", Words())), null),
    };

    private static JsonObject Sample(JsonObject normalizer, JsonObject cut, JsonObject decoder, JsonObject model,
        JsonObject? around) => new()
    {
        ["version"] = "1.0", ["added_tokens"] = new JsonArray(Token(0, "<unk>"), Token(1, "<s>"), Token(2, "<end>"), Token(11, "1234")),
        ["normalizer"] = normalizer, ["pre_tokenizer"] = cut, ["post_processor"] = around, ["decoder"] = decoder, ["model"] = model,
    };

    private static JsonObject Words() => new(new[] { "<unk>", "<s>", "<end>", "\u2581", "h", "e", "he", "hex", "x", "##e", "<0x20>" }
        .Select((word, id) => KeyValuePair.Create(word, (JsonNode?)id)));

    private static JsonObject Token(int id, string content) =>
        Part(null, ("id", id), ("content", content), ("single_word", id == 11), ("lstrip", id == 2), ("rstrip", id == 2),
            ("normalized", id == 11), ("special", id < 11));

    private static JsonObject Chain(string key, params JsonObject[] parts) => Part("Sequence", (key, new JsonArray([.. parts])));

    private static JsonObject Part(string? type, params (string Key, JsonNode? Value)[] values)
    {
        var part = new JsonObject();
        if (type is not null)
            part["type"] = type;
        foreach (var (key, value) in values)
            part[key] = value;
        return part;
    }
}
