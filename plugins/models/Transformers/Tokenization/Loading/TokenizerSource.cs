using LlmKick.Sdk.Models;
using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>The tokenizer that belongs to a model's weights.</summary>
internal static class TokenizerSource
{
    public static ITokenizer Load(IWeightSource weights) => weights is GgufWeights gguf
        ? GgufTokenizer.Load(gguf.File)
        : TokenizerJson.Load(weights.Path);
}
