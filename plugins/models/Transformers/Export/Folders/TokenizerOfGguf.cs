using System.Text.Json.Nodes;
using LlmKick.Sdk;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Loading;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The tokenizer's files of what a GGUF file says.</summary>
internal static class TokenizerOfGguf
{
    public static IEnumerable<DraftFile> Files(GgufFile file)
    {
        var facts = TokenizerFacts.Of(file);
        yield return JsonText.File("tokenizer.json", Tokenizer(facts, file.Path));
        yield return JsonText.File("tokenizer_config.json", Settings(facts));
        yield return JsonText.File("generation_config.json", new JsonObject
        {
            ["bos_token_id"] = facts.Begin,
            ["eos_token_id"] = facts.Ends is [var only] ? only : new JsonArray([.. facts.Ends.Select(id => (JsonNode)id)]),
        });
    }

    private static JsonObject Tokenizer(TokenizerFacts facts, string path) => new()
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = new JsonArray([.. facts.Added.Select(token => new JsonObject
        {
            ["id"] = token.Id, ["content"] = token.Content, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false, ["special"] = token.Special,
        })]),
        ["normalizer"] = null,
        ["pre_tokenizer"] = Splitting(facts.PreTokenizer, path),
        ["post_processor"] = Ends(facts),
        ["decoder"] = ByteLevel(usesRegex: true),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = null, ["end_of_word_suffix"] = null,
            ["fuse_unk"] = false, ["byte_fallback"] = false, ["ignore_merges"] = facts.IgnoresMerges,
            ["vocab"] = new JsonObject(facts.Tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
            ["merges"] = new JsonArray([.. facts.Merges.Select(merge => (JsonNode)merge)]),
        },
    };

    private static JsonObject Splitting(string name, string path) => name switch
    {
        "gpt-2" => ByteLevel(usesRegex: true),
        "smollm" => Sequence(new JsonObject { ["type"] = "Digits", ["individual_digits"] = true }, ByteLevel(usesRegex: true)),
        "llama-bpe" => Sequence(Words(LineAwareRule.Pattern(3)), ByteLevel(usesRegex: false)),
        "qwen2" => Sequence(Words(LineAwareRule.Pattern(1)), ByteLevel(usesRegex: false)),
        _ => throw new LlmKickException($"'{path}' cuts texts as '{name}' does, for which no tokenizer.json is known; export it as gguf, or from the original folder."),
    };

    private static JsonObject Sequence(params JsonNode[] parts) => new() { ["type"] = "Sequence", ["pretokenizers"] = new JsonArray(parts) };

    private static JsonObject Words(string pattern) => new() { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false };

    private static JsonObject ByteLevel(bool usesRegex) => new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = usesRegex };

    private static JsonObject? Ends(TokenizerFacts facts)
    {
        int?[] prefix = [facts.AddsBegin ? facts.Begin : null], suffix = [facts.AddsEnd ? facts.End : null];
        if (prefix[0] is null && suffix[0] is null)
            return null;
        JsonNode[] Pieces(params string[] texts) => [.. prefix.OfType<int>().Select(Special), .. texts.Select(Text), .. suffix.OfType<int>().Select(Special)];
        JsonNode Special(int id) => new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = facts.Tokens[id], ["type_id"] = 0 } };
        static JsonNode Text(string name) => new JsonObject { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = name == "A" ? 0 : 1 } };
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Pieces("A")),
            ["pair"] = new JsonArray(Pieces("A", "B")),
            ["special_tokens"] = new JsonObject(prefix.Concat(suffix).OfType<int>().Distinct().Select(id => KeyValuePair.Create(facts.Tokens[id], (JsonNode?)new JsonObject
            {
                ["id"] = facts.Tokens[id], ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(facts.Tokens[id]),
            }))),
        };
    }

    private static JsonObject Settings(TokenizerFacts facts)
    {
        var json = new JsonObject { ["tokenizer_class"] = "PreTrainedTokenizerFast", ["clean_up_tokenization_spaces"] = false };
        foreach (var (name, id) in new[] { ("bos_token", facts.Begin), ("eos_token", facts.End), ("unk_token", facts.Unknown), ("pad_token", facts.Padding) })
            if (id is { } known)
                json[name] = facts.Tokens[known];
        if (facts.ChatTemplate is not null)
            json["chat_template"] = facts.ChatTemplate;
        return json;
    }
}
