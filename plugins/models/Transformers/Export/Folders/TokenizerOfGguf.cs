using System.Text.Json.Nodes;
using LlmKick.Sdk.Checkpoints;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Facts;

namespace LlmKick.Transformers.Export.Folders;

/// <summary>The tokenizer's files of what a GGUF file says.</summary>
internal static class TokenizerOfGguf
{
    public static IEnumerable<CheckpointFile> Files(GgufFile file)
    {
        var facts = FactsOfGguf.Of(file);
        yield return JsonText.File("tokenizer.json", Tokenizer(facts));
        yield return JsonText.File("tokenizer_config.json", Settings(facts));
        yield return JsonText.File("generation_config.json", new JsonObject
        {
            ["bos_token_id"] = facts.Begin,
            ["eos_token_id"] = facts.Ends is [var only] ? only : new JsonArray([.. facts.Ends.Select(id => (JsonNode)id)]),
        });
    }

    private static JsonObject Tokenizer(TokenizerFacts facts)
    {
        ITokenizerParts parts = facts.Model switch
        {
            "gpt2" => new BytePairParts(facts),
            "t5" => new UnigramParts(facts),
            _ => new FallbackParts(facts),
        };
        return new JsonObject
        {
            ["version"] = "1.0",
            ["truncation"] = null,
            ["padding"] = null,
            ["added_tokens"] = new JsonArray([.. facts.Added.OrderBy(token => token.Id).Select(token => new JsonObject
            {
                ["id"] = token.Id, ["content"] = token.Content, ["single_word"] = false, ["lstrip"] = false,
                ["rstrip"] = token.StripRight, ["normalized"] = false, ["special"] = token.Special,
            })]),
            ["normalizer"] = parts.Normalizer(),
            ["pre_tokenizer"] = parts.PreTokenizer(),
            ["post_processor"] = Ends(facts),
            ["decoder"] = parts.Decoder(),
            ["model"] = parts.Model(),
        };
    }

    private static JsonObject? Ends(TokenizerFacts facts)
    {
        int?[] prefix = [facts.AddsBegin ? facts.Begin : null], suffix = [facts.AddsEnd ? facts.End : null];
        if (prefix[0] is null && suffix[0] is null)
            return null;
        JsonNode[] Pieces(params string[] texts) =>
            [.. prefix.OfType<int>().Select(Special), .. texts.Select(Text), .. suffix.OfType<int>().Select(Special)];
        JsonNode Special(int id) => new JsonObject { ["SpecialToken"] = new JsonObject { ["id"] = facts.Tokens[id], ["type_id"] = 0 } };
        static JsonNode Text(string name) =>
            new JsonObject { ["Sequence"] = new JsonObject { ["id"] = name, ["type_id"] = name == "A" ? 0 : 1 } };
        return new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Pieces("A")),
            ["pair"] = new JsonArray(Pieces("A", "B")),
            ["special_tokens"] = new JsonObject(prefix.Concat(suffix).OfType<int>().Distinct()
                .Select(id => KeyValuePair.Create(facts.Tokens[id], (JsonNode?)new JsonObject
            {
                ["id"] = facts.Tokens[id], ["ids"] = new JsonArray(id), ["tokens"] = new JsonArray(facts.Tokens[id]),
            }))),
        };
    }

    private static JsonObject Settings(TokenizerFacts facts)
    {
        var json = new JsonObject { ["tokenizer_class"] = "PreTrainedTokenizerFast", ["clean_up_tokenization_spaces"] = false };
        foreach (var (name, id) in new[] { ("bos_token", facts.Begin), ("eos_token", facts.End), ("unk_token", facts.Unknown),
            ("pad_token", facts.Padding) })
            if (id is { } known)
                json[name] = facts.Tokens[known];
        if (facts.ChatTemplate is not null)
            json["chat_template"] = facts.ChatTemplate;
        return json;
    }
}
