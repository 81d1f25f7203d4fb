using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using LlmKick.Quickstart.World;
using LlmKick.Sdk.Statistics;

namespace LlmKick.Quickstart.Text;

/// <summary>Makes the world's tokenizer as a <c>tokenizer.json</c>: byte-level BPE with GPT-2's splitting rule.</summary>
internal static partial class TokenizerFile
{
    public const string EndOfText = "<|endoftext|>";
    private const int SampleDocuments = 20_000;

    // GPT-2's rule, for text without digits.
    [GeneratedRegex(@"'(?:[sdmt]|ll|ve|re)| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+")]
    private static partial Regex Words();

    /// <summary>Writes <c>tokenizer.json</c> and <c>tokenizer_config.json</c>.</summary>
    /// <param name="folder">The model's folder.</param>
    /// <param name="documents">Makes texts like those that will be read.</param>
    /// <param name="seed">Decides the sample.</param>
    /// <param name="vocabulary">Number of tokens.</param>
    public static void Write(string folder, DocumentMaker documents, ulong seed, int vocabulary)
    {
        var random = new SplitMix64(seed);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < SampleDocuments; i++)
            foreach (var word in documents.Next(random).SelectMany(piece => Words().Matches(piece.Text)))
                counts[Spell(word.Value)] = counts.GetValueOrDefault(Spell(word.Value)) + 1;
        var bytes = Enumerable.Range(0, 256).Select(b => Spell((byte)b)).ToList();
        var merges = BpeTrainer.Learn(counts, vocabulary - bytes.Count - 1);
        List<string> tokens = [EndOfText, .. bytes, .. merges.Select(merge => merge.Left + merge.Right).Distinct()];
        for (var i = 0; tokens.Count < vocabulary; i++)
            tokens.Add($"<|unused{i}|>");
        Directory.CreateDirectory(folder);
        Write(Path.Combine(folder, "tokenizer.json"), Document(tokens, merges));
        Write(Path.Combine(folder, "tokenizer_config.json"), new JsonObject
        {
            ["tokenizer_class"] = "PreTrainedTokenizerFast", ["bos_token"] = EndOfText, ["eos_token"] = EndOfText,
            ["model_max_length"] = 512, ["clean_up_tokenization_spaces"] = false,
        });
    }

    private static void Write(string path, JsonObject document) => File.WriteAllText(
        path, document.ToJsonString(
            new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");

    private static JsonObject Document(List<string> tokens, IReadOnlyList<(string Left, string Right)> merges) => new()
    {
        ["version"] = "1.0",
        ["truncation"] = null,
        ["padding"] = null,
        ["added_tokens"] = new JsonArray(new JsonObject
        {
            ["id"] = 0, ["content"] = EndOfText, ["single_word"] = false, ["lstrip"] = false, ["rstrip"] = false, ["normalized"] = false,
            ["special"] = true,
        }),
        ["normalizer"] = null,
        ["pre_tokenizer"] = ByteLevel(),
        ["post_processor"] = new JsonObject
        {
            ["type"] = "TemplateProcessing",
            ["single"] = new JsonArray(Special(), Sequence("A", 0)),
            ["pair"] = new JsonArray(Special(), Sequence("A", 0), Sequence("B", 1)),
            ["special_tokens"] = new JsonObject { [EndOfText] =
                new JsonObject { ["id"] = EndOfText, ["ids"] = new JsonArray(0), ["tokens"] = new JsonArray(EndOfText) } },
        },
        ["decoder"] = ByteLevel(),
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["dropout"] = null, ["unk_token"] = null, ["continuing_subword_prefix"] = null, ["end_of_word_suffix"] = null,
            ["fuse_unk"] = false, ["byte_fallback"] = false, ["ignore_merges"] = false,
            ["vocab"] = new JsonObject(tokens.Select((token, id) => KeyValuePair.Create(token, (JsonNode?)id))),
            ["merges"] = new JsonArray([.. merges.Select(merge => (JsonNode)$"{merge.Left} {merge.Right}")]),
        },
    };

    private static JsonObject ByteLevel() =>
        new() { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["trim_offsets"] = true, ["use_regex"] = true };

    private static JsonObject Special() => new() { ["SpecialToken"] = new JsonObject { ["id"] = EndOfText, ["type_id"] = 0 } };

    private static JsonObject Sequence(string id, int type) => new() { ["Sequence"] = new JsonObject { ["id"] = id, ["type_id"] = type } };

    private static string Spell(string word) => string.Concat(word.Select(character => Spell((byte)character)));

    // GPT-2's alphabet: bytes without a printable character of their own come after U+0100.
    private static string Spell(byte value) => ((char)(value switch
    {
        <= 0x20 => 0x100 + value,
        >= 0x7F and <= 0xA0 => 0x121 + value - 0x7F,
        0xAD => 0x143,
        _ => value,
    })).ToString();
}
