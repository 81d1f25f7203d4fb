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
