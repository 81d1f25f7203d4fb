using LlmKick.Sdk.Tensors;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using LlmKick.Tests.Transformers.Formats;
using LlmKick.Tests.Transformers.Formats.PyTorch;
using LlmKick.Transformers.Formats.Packing;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>Small valid files in each format.</summary>
internal static class QuantizedSamples
{
    private const int Size = 32;
    private const string Module = "model.layers.0.mlp.down_proj";

    /// <summary>A folder with one quantized linear, config.json and model.safetensors.</summary>
    public static Dictionary<string, byte[]> Create(string format)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        var (config, tensors) = Linear(format);
        var json = new TinyCheckpoint().Config.DeepClone().AsObject();
        json["quantization_config"] = JsonSerializer.SerializeToNode(config);
        if (format == "float-quantized")
            Float8File.Write(folder.File("model.safetensors"), Module + ".weight", ones(Size, Size).to(uint8), Module + ".weight_scale",
                ones(Size, 1));
        else
            SafetensorsWriter.Write(folder.File("model.safetensors"),
                tensors.ToDictionary(part => $"{Module}.{part.Key}", part => part.Value));
        return new() { ["config.json"] = Encoding.UTF8.GetBytes(json.ToJsonString()),
            ["model.safetensors"] = File.ReadAllBytes(folder.File("model.safetensors")) };
    }

    public static List<string> TensorsOf(byte[] safetensors)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("a"), safetensors);
        using var file = SafetensorsFile.Open(folder.File("a"));
        return [.. file.Entries.Keys];
    }

    /// <summary>The same tensors in a checkpoint of PyTorch.</summary>
    public static byte[] TorchOf(byte[] safetensors)
    {
        using var folder = new TemporaryFolder();
        using var scope = NewDisposeScope();
        File.WriteAllBytes(folder.File("a"), safetensors);
        using var file = SafetensorsFile.Open(folder.File("a"));
        TorchArchive.Write(folder.File("b"), file.Entries.Keys.ToDictionary(name => name, file.Read));
        return File.ReadAllBytes(folder.File("b"));
    }

    /// <summary>Two tensors of blocks and one of floats, with the metadata of a llama.</summary>
    public static byte[] Gguf() => new GgufBytes
    {
        Pairs =
        [
            ["general.architecture", 8u, "llama"], ["llama.embedding_length", 4u, 32u], ["llama.block_count", 4u, 1u],
            ["llama.attention.head_count", 4u, 2u], ["llama.feed_forward_length", 4u, 32u],
            ["llama.context_length", 4u, 64u], ["llama.attention.layer_norm_rms_epsilon", 6u, 1e-5f],
            ["tokenizer.ggml.tokens", 9u, 8u, 2ul, "a", "b"],
        ],
        Rows =
        [
            ["token_embd.weight", 2u, 32ul, 4ul, 2u, 0ul], ["blk.0.attn_q.weight", 2u, 32ul, 32ul, 8u, 96ul],
            ["output_norm.weight", 1u, 32ul, 0u, 1184ul],
        ],
        Data = [.. Enumerable.Range(0, 1312).Select(i => (byte)(i * 37))],
    }.ToArray();

    private static (object Config, Dictionary<string, Tensor> Parts) Linear(string format) => format switch
    {
        "gptq" => (new { quant_method = "gptq", bits = 4, group_size = 16, desc_act = true, sym = false,
            dynamic = new Dictionary<string, object> { ["+:.*up_proj"] = new { bits = 8 } } }, new()
        {
            ["qweight"] = Words(Size / 8, Size), ["qzeros"] = Words(2, Size / 8), ["scales"] = ones([2, Size], float16),
            ["g_idx"] = arange(Number.Of(0), Number.Of(Size), Number.One, int32).remainder(Number.Of(2)).to(int32),
        }),
        "awq" => (new { quant_method = "awq", bits = 4, group_size = 16, version = "gemm", zero_point = true }, new()
        {
            ["qweight"] = Words(Size, Size / 8), ["qzeros"] = Words(2, Size / 8), ["scales"] = ones([2, Size], float16),
        }),
        "pack-quantized" =>
            (Scheme(format, new { num_bits = 4, type = "int", symmetric = false, strategy = "group", group_size = 16 }), new()
        {
            ["weight_packed"] = Words(Size, Size / 8), ["weight_scale"] = ones([Size, 2], bfloat16),
            ["weight_shape"] = tensor(new long[] { Size, Size }),
            ["weight_zero_point"] = Words(Size / 8, 2),
            ["weight_g_idx"] = arange(Number.Of(0), Number.Of(Size), Number.One, int32).floor_divide(Number.Of(16)).to(int32),
        }),
        "int-quantized" => (Scheme(format, new { num_bits = 8, type = "int", symmetric = false, strategy = "channel" }), new()
        {
            ["weight"] = ones([Size, Size], int8), ["weight_scale"] = ones([Size, 1], float16),
            ["weight_zero_point"] = ones([Size, 1], int8),
        }),
        "sparse-bitmask" =>
            (new { quant_method = "compressed-tensors", sparsity_config = new { format, sparsity_structure = "unstructured" } }, Masked()),
        _ => (Scheme(format, new { num_bits = 8, type = "float", symmetric = true, strategy = "channel" }), []),
    };

    private static Dictionary<string, Tensor> Masked()
    {
        var weight = arange(Number.Of(0), Number.Of(Size * Size), Number.One, float32).remainder(Number.Of(3)).view(Size, Size)
            .to(bfloat16);
        var (mask, offsets) = (new byte[Size * Bitmask.RowBytes(Size)], new long[Size]);
        Bitmask.Pack(weight.ne(Number.Of(0)).bytes, Size, Size, mask, offsets);
        return new() { ["bitmask"] = tensor(mask, [Size, Bitmask.RowBytes(Size)]), ["compressed"] = weight.masked_select(
            weight.ne(Number.Of(0))), ["row_offsets"] = tensor(offsets), ["shape"] = tensor(new long[] { Size, Size }) };
    }

    private static object Scheme(string format, object weights) =>
        new { quant_method = "compressed-tensors", format, ignore = new[] { "lm_head" }, config_groups =
            new { group_0 = new { targets = format == "pack-quantized" ? new[] { "Linear", "re:.*down" } : ["Linear"], weights } } };

    private static Tensor Words(long rows, long columns) => randint(int.MaxValue, [rows, columns]).to(int32);
}
