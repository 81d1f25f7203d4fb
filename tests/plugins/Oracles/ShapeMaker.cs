using System.Text.Json.Nodes;

namespace LlmKick.Tests.Oracles;

/// <summary>Makes tokenizer.json files of every kind out of the words of trained ones.</summary>
/// <param name="read">Reads a trained one by its name.</param>
internal sealed class ShapeMaker(Func<string, JsonObject> read)
{
    private const string Mark = "\u2581";

    public static IReadOnlyList<string> Trained { get; } = ["gpt2-style", "llama2-style", "llama3-style", "qwen2-style"];

    public static IReadOnlyList<string> Made { get; } = ["unigram", "unigram-bytes", "wordpiece", "wordlevel", "added"];

    public JsonObject Make(string name) => name switch
    {
        "unigram" => Unigram(hasBytes: false),
        "unigram-bytes" => Unigram(hasBytes: true),
        "wordpiece" => WordPiece(),
        "wordlevel" => WordLevel(),
        "added" => Added(),
        "gemma" => Gemma(),
        "t5" => OneSpace(),
        _ => read(name),
    };

    private JsonObject Unigram(bool hasBytes)
    {
        List<string> tokens = ["<unk>", "<s>", "</s>", .. hasBytes ? Enumerable.Range(0, 256).Select(b => $"<0x{b:X2}>") : []];
        tokens.AddRange(Words().Except(tokens));
        var marks = new JsonObject { ["type"] = "Metaspace", ["replacement"] = Mark, ["prepend_scheme"] = "always", ["split"] = true };
        return Shape(
            new JsonObject { ["type"] = "NFKC" },
            marks,
            hasBytes ? new JsonObject { ["type"] = "Sequence", ["decoders"] =
                new JsonArray(new JsonObject { ["type"] = "ByteFallback" }, marks.DeepClone()) } : marks.DeepClone().AsObject(),
            new JsonObject
            {
                ["type"] = "Unigram", ["unk_id"] = 0, ["byte_fallback"] = hasBytes,
                ["vocab"] = new JsonArray([.. tokens.Select((token, id) => (JsonNode)new JsonArray(token, Score(token, id)))]),
            },
            Around("<s>", 1, "</s>", 2), Token(0, "<unk>", true), Token(1, "<s>", true), Token(2, "</s>", true));
    }

    /// <summary>Rarer words are longer and further back. Of 10 binary digits: the reference does not read longer ones to the last, and then
    /// ties fall otherwise.</summary>
    private static double Score(string token, int id) => id < 3 ? 0
        : Math.Round(1024 * (-1 - Math.Log(id + 2) * (1.3 - 0.05 * token.Length))) / 1024;

    private JsonObject WordPiece()
    {
        string[] special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"];
        var words = Words().Select(word => word.StartsWith(Mark, StringComparison.Ordinal) ? word[1..] : "##" + word)
            .Concat(Enumerable.Range('!', '~' - '!' + 1).SelectMany(letter => new[] { $"{(char)letter}", $"##{(char)letter}" }));
        return Shape(
            new JsonObject { ["type"] = "BertNormalizer", ["clean_text"] = true, ["handle_chinese_chars"] = true, ["strip_accents"] = null,
                ["lowercase"] = true },
            new JsonObject { ["type"] = "BertPreTokenizer" },
            new JsonObject { ["type"] = "WordPiece", ["prefix"] = "##", ["cleanup"] = true },
            new JsonObject
            {
                ["type"] = "WordPiece", ["unk_token"] = "[UNK]", ["continuing_subword_prefix"] = "##", ["max_input_chars_per_word"] = 100,
                ["vocab"] =
                    Vocabulary([.. special, .. words.Select(word => word.ToLowerInvariant()).Where(word => word.Length > 0).Distinct()]),
            },
            Around("[CLS]", 2, "[SEP]", 3), [.. special.Select((text, id) => Token(id, text, true))]);
    }

    private JsonObject WordLevel() => Shape(
        new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(Typed("NFD"), Typed("Lowercase"), Typed("Nmt")) },
        new JsonObject
        {
            ["type"] = "Sequence",
            ["pretokenizers"] = new JsonArray(Typed("Whitespace"), new JsonObject { ["type"] = "Digits", ["individual_digits"] = true },
                new JsonObject { ["type"] = "Punctuation", ["behavior"] = "Isolated" }),
        },
        null,
        new JsonObject { ["type"] = "WordLevel", ["unk_token"] = "[UNK]", ["vocab"] = Vocabulary(["[UNK]",
            .. Words().Select(word => word.Replace(Mark, "", StringComparison.Ordinal)).Where(word => word.Length > 0).Distinct()]) },
        null, Token(0, "[UNK]", true));

    /// <summary>Byte-fallback BPE with added tokens of every flag.</summary>
    private JsonObject Added()
    {
        var json = read("llama2-style");
        var (added, next) = (json["added_tokens"]!.AsArray(), json["model"]!["vocab"]!.AsObject().Count);
        added.Add(Token(next++, "6789", false, singleWord: true));
        added.Add(Token(next++, "()", false, right: true));
        added.Add(Token(next++, "1,000", false, singleWord: true, normalized: true));
        added.Add(Token(next++, "<|im_start|>", true, left: true));
        added.Add(Token(next++, "<|im_end|>", true, right: true));
        added.Add(Token(next++, "<|endoftext|>", false, left: true, right: true));
        added.Add(Token(next++, "[X]", false, normalized: true));
        added.Add(Token(next, "__init__", false, left: true, normalized: true));
        return json;
    }

    /// <summary>Byte-fallback BPE without a space in front, whose tokens hold line feeds alone or not at all.</summary>
    private JsonObject Gemma()
    {
        var json = read("llama2-style");
        json["normalizer"] = new JsonObject { ["type"] = "Replace", ["pattern"] = new JsonObject { ["String"] = " " }, ["content"] = Mark };
        var merges = json["model"]!["merges"]!.AsArray()
            .Select(merge => merge is JsonArray pair ? $"{pair[0]} {pair[1]}" : merge!.GetValue<string>());
        json["model"]!["merges"] =
            new JsonArray([.. merges.Where(merge => !merge.Contains('\n', StringComparison.Ordinal)).Select(merge => (JsonNode)merge)]);
        return json;
    }

    /// <summary>Unigram whose spaces are single.</summary>
    private JsonObject OneSpace()
    {
        var json = Unigram(hasBytes: false);
        JsonObject Replace(string pattern, string content) =>
            new() { ["type"] = "Replace", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["content"] = content };
        json["normalizer"] =
            new JsonObject { ["type"] = "Sequence", ["normalizers"] = new JsonArray(Replace(@"\A +| +\z", ""), Replace(" {2,}", " ")) };
        json["post_processor"] = null;
        return json;
    }

    private static JsonObject Shape(JsonObject? normalizer, JsonObject cut, JsonObject? decoder, JsonObject model, JsonObject? around,
        params JsonObject[] added) => new()
    {
        ["version"] = "1.0", ["added_tokens"] = new JsonArray([.. added]), ["normalizer"] = normalizer, ["pre_tokenizer"] = cut,
        ["post_processor"] = around, ["decoder"] = decoder, ["model"] = model,
    };

    private static JsonObject Around(string first, int firstId, string last, int lastId) =>
        new() { ["type"] = "BertProcessing", ["cls"] = new JsonArray(first, firstId), ["sep"] = new JsonArray(last, lastId) };

    private static JsonObject Typed(string type) => new() { ["type"] = type };

    private static JsonObject Vocabulary(IEnumerable<string> tokens) =>
        new(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id)));

    private static JsonObject Token(int id, string content, bool special, bool singleWord = false, bool left = false, bool right = false,
        bool normalized = false) => new()
    {
        ["id"] = id, ["content"] = content, ["single_word"] = singleWord, ["lstrip"] = left, ["rstrip"] = right,
        ["normalized"] = normalized, ["special"] = special,
    };

    private IEnumerable<string> Words() => read("llama2-style")["model"]!["vocab"]!.AsObject().OrderBy(row => row.Value!.GetValue<int>())
        .Select(row => row.Key)
        .Where(token => token is not ("<unk>" or "<s>" or "</s>") && !token.StartsWith("<0x", StringComparison.Ordinal));
}
