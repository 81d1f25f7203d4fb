using System.Text.Json.Nodes;

namespace LlmKick.Tests.Commands;

/// <summary><c>inspect</c>: what files hold, without loading them.</summary>
public sealed class InspectCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Inspect_Folder_ListsTensorsOncePerKind()
    {
        new TinyCheckpoint().Write(folder.Path);

        var result = Tool.Run("inspect", folder.Path);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("architecture   llama", result.Out, StringComparison.Ordinal);
        Assert.Contains("bits a weight  32 ", result.Out, StringComparison.Ordinal);
        Assert.Contains("model.layers.*.mlp.down_proj (2)", result.Out, StringComparison.Ordinal);
        Assert.All(result.Out.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [Theory]
    [InlineData("golden/quantized/gptq-4bit-g32", "safetensors", "GPTQ, 4 bits, groups of 32, symmetric", "int4")]
    [InlineData("golden/quantized/awq-4bit-g32", "safetensors", "AWQ, 4 bits, groups of 32, asymmetric", "int4")]
    [InlineData("golden/quantized/compressed-tensors-w4a16-g32", "safetensors",
        "compressed-tensors (pack-quantized); 4 bits, groups of 32, symmetric", "int4")]
    [InlineData("golden/quantized/gguf-q5_1/model.gguf", "GGUF", "23 x Q5_1", "Q5_1")]
    public void Inspect_QuantizedModel_SaysHow(string path, string format, string quantization, string dtype)
    {
        var result = Tool.Run("inspect", SharedData.Require(path), "--json", "--zeros");

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        var document = JsonNode.Parse(result.Out)!;
        Assert.Equal((format, quantization), ((string)document["files_format"]!, (string)document["quantization"]!));
        Assert.Contains(dtype, document["tensors"]!.AsArray().Select(tensor => (string)tensor!["dtype"]!));
        Assert.InRange((double)document["bits_per_weight"]!, 4, 12);
        Assert.InRange((long)document["zeros"]!, 1, (long)document["parameters"]!);
    }

    /// <summary>Worked out by hand. llama: 3 blocks of 2 key heads of width 16, keys and values. deepseek_v3: 3 latents of 32 + 16.
    /// mamba2: 3 blocks of 192 channels, 3 tokens each, and float64 states of 8 x 16 x 16. qwen3_5_text: one block of attention with 2 key
    /// heads of width 32; 3 of 128 channels, 3 tokens each, and states of 4 x 16 x 16. dory: 6 runs of attention with 2 key heads of
    /// width 16, for two of its blocks run twice. gemma3n_text: 3 blocks of 2 key heads of width 16, at whose keys two more look.</summary>
    [Theory]
    [InlineData("llama", 3 * 2 * 2 * 16, 0, 0)]
    [InlineData("deepseek_v3", 3 * (32 + 16), 0, 0)]
    [InlineData("mamba2", 0, 3 * 192 * 3, 3 * 8 * 16 * 16)]
    [InlineData("qwen3_5_text", 2 * 2 * 32, 3 * 128 * 3, 3 * 4 * 16 * 16)]
    [InlineData("dory", 6 * 2 * 2 * 16, 0, 0)]
    [InlineData("gemma3n_text", 3 * 2 * 2 * 16, 0, 0)]
    public void Inspect_Model_SaysWhatItsCacheTakes(string name, long numbers, long stateNumbers, long wideNumbers)
    {
        var path = SharedData.Require($"golden/architectures/{name}");
        var sizes = JsonNode.Parse(Tool.Run("inspect", path, "--json").Out)!["cache"]!.AsArray();
        Assert.Equal([("float32", 4 * numbers, 4 * stateNumbers + 8 * wideNumbers),
            ("bfloat16", 2 * numbers, 2 * stateNumbers + 8 * wideNumbers)], sizes.Select(size =>
            ((string)size!["dtype"]!, (long)size["token_bytes"]!, (long)size["state_bytes"]!)));
    }

    [Fact]
    public void Inspect_Text_SaysWhatTheCacheTakes()
    {
        var result = Tool.Run("inspect", SharedData.Require("golden/architectures/qwen3_5_text")).Out;
        Assert.Contains("cache          512 B in float32, 256 B in bfloat16, for each token", result, StringComparison.Ordinal);
        Assert.Contains("states         29 kB in float32, 27 kB in bfloat16, for each text, whatever its length", result,
            StringComparison.Ordinal);
    }

    /// <summary>Whether that head is the embedding is a matter of its numbers.</summary>
    [Theory]
    [InlineData("llama")]
    [InlineData("gemma3n_text")]
    public void Inspect_ModelThatNeedsTensorsToBeDescribed_IsDescribed(string name)
    {
        var path = name == "llama" ? new TinyCheckpoint { Config = { ["tie_word_embeddings"] = true } }.Write(folder.Path)
            : SharedData.Require($"golden/architectures/{name}");
        var result = Tool.Run("inspect", path);
        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("for each token", result.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_FilesOfNoModel_SayNothingOfACache()
    {
        var path = new TinyCheckpoint { Config = { ["model_type"] = "hyena" } }.Write(folder.Path);
        Assert.Empty(JsonNode.Parse(Tool.Run("inspect", path, "--json").Out)!["cache"]!.AsArray());
        Assert.DoesNotContain("cache", Tool.Run("inspect", path).Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model.bin", "no checkpoint", "it is no archive as PyTorch writes them")]
    [InlineData("model.safetensors", "no tensors", "is not a valid safetensors file")]
    [InlineData("model.gguf", "no blocks", "is not a valid GGUF file")]
    [InlineData("config.json", "{}", "is not a valid GGUF file")]
    public void Inspect_WrongFile_SaysOneSentence(string name, string content, string sentence)
    {
        var result = Tool.Run("inspect", folder.Write(name, content));

        Assert.Equal(1, result.ExitCode);
        Assert.Contains(sentence, result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.Trim().Split('\n'));
    }

    [Fact]
    public void Inspect_NothingThere_SaysSo() =>
        Assert.Contains("does not exist", Tool.Run("inspect", folder.File("gone.gguf")).Error, StringComparison.Ordinal);
}
