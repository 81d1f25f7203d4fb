using LLama;
using LLama.Native;
using LlmKick.Tests.Transformers;
using LlmKick.Tests.Transformers.Export;
using LlmKick.Transformers.Formats.Gguf;

namespace LlmKick.Tests.Oracles;

/// <summary>Block types as llama.cpp's quantiser gives them.</summary>
public sealed class LlamaCppTypesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("qwen3_moe", "Q4_0", 2)]
    [InlineData("qwen3_moe", "Q4_K_M", 15)]
    [InlineData("qwen3_moe", "Q6_K", 18)]
    [InlineData("gpt_oss", "Q4_K_M", 15)]
    [InlineData("falcon_h1", "Q4_K_M", 15)]
    [InlineData("deepseek_v2", "Q4_K_M", 15)]
    [InlineData("deepseek_v2", "Q3_K_M", 12)]
    [InlineData("kimi_linear", "Q4_K_M", 15)]
    public void Write_Mix_HasTheirTypes(string golden, string mix, int number)
    {
        // The first call finds the library.
        _ = NativeApi.llama_max_devices();
        WideCheckpoint.Write(golden, LlamaCppBlocksTests.Wide[golden], _folder.File("."));
        using var desk = new ExportDesk(_folder.File("."));
        var quantized = _folder.File("theirs.gguf");
        LLamaQuantizer.Quantize(desk.Write(ExportDesk.Settings("gguf", "F32"), "plain.gguf"), quantized, (LLamaFtype)number, 2,
            quantizeOutputTensor: true);
        using var own = GgufFile.Open(desk.Write(ExportDesk.Settings("gguf", mix), "own.gguf"));
        using var theirs = GgufFile.Open(quantized);
        Assert.Equal(theirs.Tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Select(Described),
            own.Tensors.Values.OrderBy(tensor => tensor.Name, StringComparer.Ordinal).Select(Described));
    }

    private static string Described(GgufTensor tensor) => $"{tensor.Name} {tensor.Type.Name}";
}
