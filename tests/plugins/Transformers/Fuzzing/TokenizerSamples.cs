using System.Text.Json.Nodes;
using LlmKick.Sdk.Models;
using LlmKick.Tests.Oracles;
using LlmKick.Tests.Transformers.Formats;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.SentencePiece;
using LlmKick.Transformers.Tokenization.Sources;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Small tokenizers of every kind, with every kind of part.</summary>
internal static class TokenizerSamples
{
    private const string Text = "he said <end> \u00e9\ud83d\ude00 1234  x\n";
    private const string Json = "tokenizer.json";
    private const string Settings = "tokenizer_config.json";
    private const string Model = "tokenizer.model";
    private const string Gguf = "vocabulary.gguf";

    public static IReadOnlyList<string> Names { get; } =
        ["bpe-json", "unigram-json", "wordpiece-json", "wordlevel-json", "bpe-model", "unigram-model", "gpt2-gguf", "llama-gguf",
            "gemma4-gguf", "t5-gguf"];

    public static FuzzTarget Create(string name)
    {
        var (kind, form) = (name.Split('-')[0], name.Split('-')[1]);
        return form switch
        {
            "json" => new FuzzTarget(name,
                new Dictionary<string, byte[]> { [Json] = Bytes(JsonSamples.Of(kind)), [Settings] = Bytes(JsonSamples.Settings()) },
                [(Json, JsonMutation.Change), (Json, JsonMutation.Change), (Json, Any), (Settings, JsonMutation.Change)],
                folder => JsonFile.Read(Path.Combine(folder, Json)).Dispose(), folder => Use(TokenizerSource.Load(folder))),
            "model" => new FuzzTarget(name, new Dictionary<string, byte[]> { [Model] = ModelBytes.Of(kind == "unigram") },
                [(Model, Any), (Model, Flip)],
                folder => SentencePieceFile.Read(Path.Combine(folder, Model)), folder => Use(TokenizerSource.Load(folder))),
            _ => new FuzzTarget(name, new Dictionary<string, byte[]> { [Gguf] = GgufSample(kind) }, [(Gguf, Any), (Gguf, Flip)],
                folder => GgufFile.Open(Path.Combine(folder, Gguf)).Dispose(),
                folder => Use(GgufVocabularyFile.Load(Path.Combine(folder, Gguf)))),
        };
    }

    /// <summary>Takes a text there and back.</summary>
    public static long Use(ITokenizer tokenizer)
    {
        var ids = tokenizer.Encode(Text, addSpecial: true);
        Assert.Equal(ids, tokenizer.EncodeWithSpans(Text, addSpecial: true).Select(span => span.Id));
        _ = tokenizer.Decode(ids);
        foreach (var id in ids)
            _ = tokenizer.Bytes(id);
        return 0;
    }

    private static byte[] GgufSample(string kind) => new GgufBytes
    {
        Pairs =
        [
            ["general.architecture", 8u, "llama"], ["tokenizer.ggml.model", 8u, kind],
            ["tokenizer.ggml.pre", 8u, kind == "gemma4" ? kind : "tekken"],
            ["tokenizer.ggml.tokens", 9u, 8u, 8ul, "<unk>", "<s>", "</s>", "\u2581", "h", "e", "he", "<0x20>"],
            ["tokenizer.ggml.token_type", 9u, 5u, 8ul, 2, 3, 3, 1, 1, 1, 1, 6],
            ["tokenizer.ggml.scores", 9u, 6u, 8ul, 0f, 0f, 0f, -1f, -2f, -3f, -1f, 0f], ["tokenizer.ggml.merges", 9u, 8u, 1ul, "h e"],
            ["tokenizer.ggml.bos_token_id", 4u, 1u], ["tokenizer.ggml.eos_token_id", 4u, 2u], ["tokenizer.ggml.unknown_token_id", 4u, 0u],
            ["tokenizer.ggml.add_bos_token", 7u, true], ["tokenizer.ggml.add_eos_token", 7u, true],
            ["tokenizer.ggml.add_space_prefix", 7u, true],
            ["tokenizer.ggml.remove_extra_whitespaces", 7u, true],
            ["tokenizer.ggml.precompiled_charsmap", 9u, 0u, (ulong)CharsmapBytes.Small.Length, CharsmapBytes.Small],
        ],
    }.ToArray();

    private static byte[] Bytes(JsonObject json) => System.Text.Encoding.UTF8.GetBytes(json.ToJsonString());

    private static byte[] Any(byte[] valid, Random random) => Mutation.Of(valid, valid.Length, random.Next());

    private static byte[] Flip(byte[] valid, Random random)
    {
        var mutant = valid.ToArray();
        for (var changes = 1 + random.Next(4); changes > 0; changes--)
            mutant[random.Next(mutant.Length)] ^= (byte)(1 << random.Next(8));
        return mutant;
    }
}
