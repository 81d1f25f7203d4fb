using LlmKick.Sdk.Tensors;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using TorchSharp;

namespace LlmKick.Tests;

/// <summary>A Hugging Face folder with a small random llama over bytes, to be written as it is or changed first.</summary>
internal sealed class TinyCheckpoint
{
    public const int Vocabulary = 259;
    private const int Width = 16;
    private const int HeadWidth = 8;
    private const int Inner = 24;

    public JsonObject Config { get; } = new()
    {
        ["model_type"] = "llama", ["vocab_size"] = Vocabulary, ["hidden_size"] = Width, ["num_hidden_layers"] = 2,
        ["num_attention_heads"] = 2,
        ["num_key_value_heads"] = 1, ["intermediate_size"] = Inner, ["max_position_embeddings"] = 512, ["rms_norm_eps"] = 1e-5,
        ["rope_theta"] = 10000.0, ["hidden_act"] = "silu", ["tie_word_embeddings"] = false, ["eos_token_id"] = 256,
    };

    public JsonObject Tokenizer { get; } = new()
    {
        ["model"] = new JsonObject
        {
            ["type"] = "BPE",
            ["vocab"] =
                new JsonObject([.. Enumerable.Range(0, 256).Select(b => KeyValuePair.Create(Spell(b), (JsonNode?)b)), new("he", 258)]),
            ["merges"] = new JsonArray("h e"),
        },
        ["added_tokens"] = new JsonArray(Added(256, "<end>"), Added(257, "<begin>")),
        ["pre_tokenizer"] = new JsonObject { ["type"] = "ByteLevel", ["add_prefix_space"] = false, ["use_regex"] = true },
        ["decoder"] = new JsonObject { ["type"] = "ByteLevel" },
    };

    /// <summary>Shapes of the tensors by name; what is added here is written too.</summary>
    public Dictionary<string, long[]> Shapes { get; } = new(Layout());

    /// <summary>One of which every linear has a bias, and as many heads of keys as of queries: whatever is before a linear can be
    /// scaled.</summary>
    public static TinyCheckpoint Biased()
    {
        var checkpoint = new TinyCheckpoint();
        (checkpoint.Config["attention_bias"], checkpoint.Config["mlp_bias"], checkpoint.Config["num_key_value_heads"]) = (true, true, 2);
        foreach (var name in checkpoint.Shapes.Keys.Where(name => name.Contains("k_proj", StringComparison.Ordinal)
            || name.Contains("v_proj", StringComparison.Ordinal)).ToList())
            checkpoint.Shapes[name] = checkpoint.Shapes[name.Replace("k_proj", "q_proj", StringComparison.Ordinal)
                .Replace("v_proj", "q_proj", StringComparison.Ordinal)];
        foreach (var name in checkpoint.Shapes.Keys.Where(name => name.Contains("_proj.", StringComparison.Ordinal)).ToList())
            checkpoint.Shapes[name.Replace(".weight", ".bias", StringComparison.Ordinal)] = [checkpoint.Shapes[name][0]];
        return checkpoint;
    }

    /// <summary>A tensor with this name gets this value at its end.</summary>
    public (string Name, float Value)? Poison { get; init; }

    public string Write(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), Config.ToJsonString());
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), Tokenizer.ToJsonString());
        using var scope = torch.NewDisposeScope();
        using var random = new torch.Generator(11);
        SafetensorsWriter.Write(Path.Combine(folder, "model.safetensors"),
            Shapes.ToDictionary(row => row.Key, row => Values(row.Key, row.Value, random)));
        return folder;
    }

    private torch.Tensor Values(string name, long[] shape, torch.Generator random)
    {
        var values = shape.Length == 1 ? torch.ones(shape) : torch.randn(shape, generator: random) / Number.Of(Math.Sqrt(shape[^1]));
        if (Poison is { } poison && poison.Name == name)
            values.view(-1).narrow(0, values.numel() - 1, 1).fill_(Number.Of(poison.Value));
        return values;
    }

    private static Dictionary<string, long[]> Layout()
    {
        var layout = new Dictionary<string, long[]> { ["model.embed_tokens.weight"] = [Vocabulary, Width], ["model.norm.weight"] = [Width],
            ["lm_head.weight"] = [Vocabulary, Width] };
        for (var block = 0; block < 2; block++)
            foreach (var (name, shape) in Block())
                layout.Add($"model.layers.{block}.{name}.weight", shape);
        return layout;
    }

    private static IEnumerable<(string Name, long[] Shape)> Block() =>
    [
        ("input_layernorm", [Width]), ("post_attention_layernorm", [Width]),
        ("self_attn.q_proj", [2 * HeadWidth, Width]), ("self_attn.k_proj", [HeadWidth, Width]), ("self_attn.v_proj", [HeadWidth, Width]),
        ("self_attn.o_proj", [Width, 2 * HeadWidth]),
        ("mlp.gate_proj", [Inner, Width]), ("mlp.up_proj", [Inner, Width]), ("mlp.down_proj", [Width, Inner]),
    ];

    // GPT-2's alphabet: 0x00–0x20, 0x7F–0xA0 and 0xAD have no character of their own and come after U+0100.
    private static string Spell(int value) => ((char)(value switch
    {
        <= 0x20 => 0x100 + value,
        >= 0x7F and <= 0xA0 => 0x121 + value - 0x7F,
        0xAD => 0x143,
        _ => value,
    })).ToString();

    private static JsonObject Added(int id, string content) => new() { ["id"] = id, ["content"] = content, ["special"] = true };
}
