using System.Text.Json.Nodes;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Folders;
using TorchSharp;
using static TorchSharp.torch;

namespace LlmKick.Tests.Transformers.Formats;

/// <summary>Quantized folders whose description is unknown or does not fit their tensors.</summary>
public sealed class WrongQuantizationTests : IDisposable
{
    private const string Module = "model.layers.0.mlp.down_proj";
    private const string Gptq = """{"quant_method":"gptq","bits":4,"group_size":32}""";

    private readonly TemporaryFolder folder = new();
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        folder.Dispose();
    }

    [Theory]
    [InlineData("""{"quant_method":"bitsandbytes"}""",
        "quantized with 'bitsandbytes', which is not supported; supported: gptq, awq, compressed-tensors, mxfp4 (of experts), and "
        + "GGUF files")]
    [InlineData("""{}""", "does not say how the weights are quantized: add 'quant_method', which is gptq, awq or compressed-tensors.")]
    [InlineData("""{"quant_method":"gptq"}""", "has no 'quantization_config.bits'")]
    [InlineData("""{"quant_method":"gptq","bits":5,"group_size":32}""",
        "GPTQ weights of 5 bits, which is not supported; supported: 2, 3, 4, 8")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":-2}""", "group_size': -2, which is not a whole number")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"checkpoint_format":"marlin"}""",
        "the checkpoint format 'marlin', which is not supported; supported: gptq, gptq_v2")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"format":"gptq_p"}""",
        "the checkpoint format 'gptq_p', which is not supported")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"checkpoint_format":"gptq","format":"gptq_v2"}""",
        "says checkpoint_format 'gptq' and format 'gptq_v2', which store zeros differently")]
    [InlineData("""{"quant_method":"gptq","method":"awq","bits":4,"group_size":32}""",
        "says quant_method 'gptq' and method 'awq', which pack weights differently")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"rotation":"hadamard"}""",
        "weights for rotated inputs ('rotation': 'hadamard'), which are not supported")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"pack_dtype":"int16"}""", "packs weights into int16")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"extra_config":{"a":{"bits":8}}}""",
        "by 'extra_config', which is not supported")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"dynamic":{"+:(":{"bits":8}}}""",
        "by the expression '(', which cannot be read")]
    [InlineData("""{"quant_method":"gptq","bits":4,"group_size":32,"dynamic":{"a{999999}":{"bits":8}}}""",
        "by the expression 'a{999999}', which cannot be read")]
    [InlineData("""{"quant_method":"awq","bits":8,"group_size":32}""", "AWQ weights of 8 bits, which is not supported; supported: 4")]
    [InlineData("""{"quant_method":"awq","bits":4,"group_size":32,"version":"gemv"}""",
        "laid out for 'gemv', which is not supported; supported: gemm")]
    [InlineData("""{"quant_method":"awq","bits":4,"group_size":32,"zero_point":false}""", "AWQ weights without zero points")]
    [InlineData("""{"quant_method":"compressed-tensors","format":"nvfp4-pack-quantized"}""",
        "in the format 'nvfp4-pack-quantized', which is not supported; supported: dense, int-quantized")]
    [InlineData("""{"quant_method":"compressed-tensors","format":"marlin-24"}""", "in the format 'marlin-24', which is not supported")]
    [InlineData("""{"quant_method":"compressed-tensors","transform_config":{"a":1}}""", "has a 'transform_config', which is not supported")]
    [InlineData("""{"quant_method":"compressed-tensors","kv_cache_scheme":{"num_bits":8}}""",
        "has a 'kv_cache_scheme', which is not supported")]
    [InlineData("""{"quant_method":"compressed-tensors","config_groups":{"a":{"weights":{"num_bits":8,"strategy":"block"}}}}""",
        "with a scale a 'block', which is not supported; supported: tensor, channel, group")]
    [InlineData("""{"quant_method":"compressed-tensors","config_groups":{"a":{"weights":{"num_bits":4,"type":"float"}}}}""",
        "floats of 4 bits, which is not supported")]
    [InlineData("""{"quant_method":"compressed-tensors","config_groups":{"a":{"targets":["re:["],"weights":{"num_bits":4}}}}""",
        "by the expression '[', which cannot be read")]
    [InlineData("""{"quant_method":"compressed-tensors","config_groups":{"a":{}}}""", "a group of linears without 'weights'")]
    public void Open_WrongDescription_NamesWhatIsWrong(string quantization, string sentence) =>
        AssertRefused(quantization, new() { ["a"] = ones(1) }, sentence);

    [Fact]
    public void Read_MissingPart_NamesIt() => AssertRefused(Gptq, new() { [Module + ".qweight"] = zeros([4, 32], int32) },
        $"lacks the tensor '{Module}.scales', which the quantized linear '{Module}' needs");

    [Theory]
    [InlineData("qweight", new long[] { 4, 32 }, "float32", "that is of the type F32, not I32")]
    [InlineData("qweight", new long[] { 128 }, "int32", "that has the shape [128], not two dimensions")]
    [InlineData("qweight", new long[] { 8, 32 }, "int32", ".scales' that has the shape [1, 32], not [2, 32]")]
    [InlineData("qweight", new long[] { 4, 0 }, "int32", "of shape [0, 32], which is no matrix, empty, or too large")]
    [InlineData("qweight", new long[] { 4, 31 }, "int32", ".scales' that has the shape [1, 32], not [1, 31]")]
    [InlineData("qzeros", new long[] { 2, 4 }, "int32", "that has the shape [2, 4], not [1, 4]")]
    [InlineData("scales", new long[] { 1, 32 }, "int32", "that is of the type I32, not F16 or BF16 or F32")]
    [InlineData("g_idx", new long[] { 31 }, "int32", "that has the shape [31], not [32]")]
    [InlineData("g_idx", new long[] { 32 }, "int32", "that names the group 7 of 1. Check that the bits and groups")]
    public void Read_WrongPart_NamesIt(string part, long[] shape, string type, string sentence)
    {
        var tensors = new Dictionary<string, Tensor>
        {
            [Module + ".qweight"] = zeros([4, 32], int32), [Module + ".qzeros"] = zeros([1, 4], int32),
            [Module + ".scales"] = ones([1, 32], float16), [Module + ".g_idx"] = zeros(32, int32),
        };
        tensors[$"{Module}.{part}"] = full(shape, Number.Of(7), dtype: type == "int32" ? int32 : float32);
        AssertRefused(Gptq, tensors, sentence);
    }

    private void AssertRefused(string quantization, Dictionary<string, Tensor> tensors, string sentence)
    {
        folder.Write("config.json", new JsonObject { ["quantization_config"] = JsonNode.Parse(quantization) }.ToJsonString());
        SafetensorsWriter.Write(folder.File("model.safetensors"), tensors);
        var message = Hostile.Read(() =>
        {
            using var weights = FolderWeights.Open(folder.Path);
            foreach (var name in weights.Names)
                _ = (weights.Shape(name), weights.Quantized(name));
        }, sentence);
        Assert.NotNull(message);
        Assert.Contains(sentence, message, StringComparison.Ordinal);
    }
}
