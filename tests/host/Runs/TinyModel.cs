using System.Buffers.Binary;
using System.Text.Json;

namespace LlmKick.Tests.Runs;

/// <summary>Writes a Hugging Face folder with a random llama of two small blocks, whose tokens are bytes.</summary>
internal static class TinyModel
{
    public const int Blocks = 2;
    public const int ContextLength = 240;
    private const int Width = 32;
    private const int Inner = 64;
    private const int KeyWidth = 16;
    private const int Tokens = 256;

    /// <summary>Writes the folder.</summary>
    /// <param name="folder">Where; an older model there is replaced.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <param name="poison">Takes the place of some weights of the last block.</param>
    /// <param name="biased">Whether every linear has a bias.</param>
    public static string Write(string folder, int seed = 1, float? poison = null, bool biased = false)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "config.json"), JsonSerializer.Serialize(Config(biased)));
        File.WriteAllText(Path.Combine(folder, "tokenizer.json"), JsonSerializer.Serialize(Tokenizer()));
        WriteWeights(Path.Combine(folder, "model.safetensors"), Layout(biased), new Random(seed), poison);
        return folder;
    }

    private static object Config(bool biased) => new
    {
        model_type = "llama", hidden_act = "silu", hidden_size = Width, intermediate_size = Inner, num_hidden_layers = Blocks,
        num_attention_heads = 2, num_key_value_heads = 1, head_dim = KeyWidth, max_position_embeddings = ContextLength,
        rms_norm_eps = 1e-5, rope_theta = 10000.0, vocab_size = Tokens, tie_word_embeddings = true, attention_bias = biased,
        mlp_bias = biased,
    };

    private static object Tokenizer() => new
    {
        version = "1.0",
        added_tokens = Array.Empty<object>(),
        pre_tokenizer = new { type = "ByteLevel", add_prefix_space = false, use_regex = true },
        decoder = new { type = "ByteLevel" },
        model = new { type = "BPE", vocab = Alphabet().Index().ToDictionary(letter => letter.Item.ToString(), letter => letter.Index),
            merges = Array.Empty<string>() },
    };

    /// <summary>The letter for each byte: itself where it can be seen, else one of those after U+00FF.</summary>
    private static IEnumerable<char> Alphabet()
    {
        var next = (char)256;
        for (var b = 0; b < 256; b++)
            yield return b is (>= '!' and <= '~') or (>= 0xa1 and <= 0xac) or >= 0xae ? (char)b : next++;
    }

    private static IEnumerable<(string Name, int[] Shape)> Layout(bool biased)
    {
        yield return ("model.embed_tokens.weight", [Tokens, Width]);
        for (var block = 0; block < Blocks; block++)
            foreach (var (name, rows, columns) in new[]
            {
                ("input_layernorm", Width, 0), ("post_attention_layernorm", Width, 0), ("self_attn.q_proj", Width, Width),
                ("self_attn.k_proj", KeyWidth, Width),
                ("self_attn.v_proj", KeyWidth, Width), ("self_attn.o_proj", Width, Width), ("mlp.gate_proj", Inner, Width),
                ("mlp.up_proj", Inner, Width), ("mlp.down_proj", Width, Inner),
            })
            {
                yield return ($"model.layers.{block}.{name}.weight", columns == 0 ? [rows] : [rows, columns]);
                if (biased && columns > 0)
                    yield return ($"model.layers.{block}.{name}.bias", [rows]);
            }
        yield return ("model.norm.weight", [Width]);
    }

    private static void WriteWeights(string path, IEnumerable<(string Name, int[] Shape)> layout, Random random, float? poison)
    {
        var header = new Dictionary<string, object>();
        var data = new List<byte[]>();
        var position = 0;
        foreach (var (name, shape) in layout)
        {
            var bytes = Values(random, shape, name.EndsWith("1.mlp.up_proj.weight", StringComparison.Ordinal) ? poison : null);
            header.Add(name, new { dtype = "F32", shape, data_offsets = new[] { position, position + bytes.Length } });
            position += bytes.Length;
            data.Add(bytes);
        }
        var json = JsonSerializer.SerializeToUtf8Bytes(header);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, json.Length);
        File.WriteAllBytes(path, [.. length, .. json, .. data.SelectMany(bytes => bytes)]);
    }

    private static byte[] Values(Random random, int[] shape, float? poison)
    {
        var values = new float[shape.Aggregate(1, (product, size) => product * size)];
        for (var i = 0; i < values.Length; i++)
            values[i] = shape.Length == 1 ? 1 : (float)((random.NextDouble() - 0.5) * 2 * Math.Sqrt(3.0 / shape[1]));
        if (poison is { } value)
            values.AsSpan(..Width).Fill(value);
        var bytes = new byte[values.Length * sizeof(float)];
        Buffer.BlockCopy(values, 0, bytes, 0, bytes.Length);
        return bytes;
    }
}
