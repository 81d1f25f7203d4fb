using System.Text.Json.Nodes;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>Nodes of a tokenizer.json.</summary>
internal static class TokenizerNodes
{
    public const string Mark = "\u2581";

    public static JsonObject Sequence(string key, params IEnumerable<JsonObject> parts) =>
        new() { ["type"] = "Sequence", [key] = new JsonArray([.. parts]) };

    public static JsonObject Replace(string patternKind, string pattern, string content) =>
        new() { ["type"] = "Replace", ["pattern"] = new JsonObject { [patternKind] = pattern }, ["content"] = content };

    public static JsonObject Split(string pattern) =>
        new() { ["type"] = "Split", ["pattern"] = new JsonObject { ["Regex"] = pattern }, ["behavior"] = "Isolated", ["invert"] = false };

    public static JsonObject ByteLevel(bool usesRegex) =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = usesRegex };

    public static JsonObject Metaspace(bool prepends) =>
        new() { ["type"] = "Metaspace", ["replacement"] = Mark, ["prepend_scheme"] = prepends ? "always" : "never", ["split"] = true };

    public static JsonObject Bpe(IEnumerable<string> tokens, IEnumerable<string> merges, string? unknown, bool hasBytes,
        bool ignoresMerges) => new()
    {
        ["type"] = "BPE", ["dropout"] = null, ["unk_token"] = unknown, ["continuing_subword_prefix"] = null, ["end_of_word_suffix"] = null,
        ["fuse_unk"] = hasBytes, ["byte_fallback"] = hasBytes, ["ignore_merges"] = ignoresMerges,
        ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
        ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)merge)]),
    };
}
