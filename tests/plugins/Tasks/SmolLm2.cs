using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Gguf;

namespace LlmKick.Tests.Tasks;

/// <summary>The tokenizer that the reference numbers were made with.</summary>
internal static class SmolLm2
{
    private static readonly Lazy<ITokenizer> Loaded = new(() =>
    {
        using var file = GgufFile.Open(SharedData.Require("models/SmolLM2-135M-Instruct-Q4_1.gguf"));
        return GgufTokenizer.Load(file);
    });

    public static ITokenizer Tokenizer => Loaded.Value;
}
