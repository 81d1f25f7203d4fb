using System.Text;
using System.Text.Json.Nodes;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>What lies beside a tokenizer, newer and older files together.</summary>
internal static class SettingsSamples
{
    public const string Name = "settings";

    private static readonly Dictionary<string, JsonNode> Changed = new()
    {
        ["tokenizer_config.json"] = JsonSamples.Settings(),
        ["special_tokens_map.json"] = new JsonObject
        {
            ["unk_token"] = "<unk>", ["pad_token"] = new JsonObject { ["content"] = "<end>", ["lstrip"] = false },
            ["additional_special_tokens"] = new JsonArray("<a>", new JsonObject { ["content"] = "<b>" }),
        },
        ["added_tokens.json"] = new JsonObject { ["<x>"] = 12, ["<y>"] = 13 },
        ["generation_config.json"] = new JsonObject
        {
            ["eos_token_id"] = new JsonArray(2, 12), ["repetition_penalty"] = 1.1, ["no_repeat_ngram_size"] = 3,
            ["suppress_tokens"] = new JsonArray(1, 2), ["begin_suppress_tokens"] = new JsonArray(3),
            ["num_beams"] = 1, ["min_length"] = 0, ["bad_words_ids"] = null, ["do_sample"] = true,
        },
    };

    public static FuzzTarget Create() => new(
        Name,
        Changed.Append(new("tokenizer.json", JsonSamples.Of("wordlevel")))
            .ToDictionary(file => file.Key, file => Encoding.UTF8.GetBytes(file.Value.ToJsonString())),
        [.. Changed.Keys.SelectMany<string, (string, Func<byte[], Random, byte[]>)>(file =>
            [(file, JsonMutation.Change), (file, JsonMutation.Change), (file, Bytes)])],
        folder =>
        {
            foreach (var file in Changed.Keys)
                JsonFile.Read(Path.Combine(folder, file)).Dispose();
        },
        folder =>
        {
            _ = GenerationConfig.Read(folder).Required(folder);
            return TokenizerSamples.Use(TokenizerSource.Load(folder));
        });

    private static byte[] Bytes(byte[] valid, Random random) => Mutation.Of(valid, valid.Length, random.Next());
}
