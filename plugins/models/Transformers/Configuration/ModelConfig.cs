using LlmKick.Transformers.Formats.Weights;

namespace LlmKick.Transformers.Configuration;

/// <summary>Reads the configuration that lies with a model's weights.</summary>
internal static class ModelConfig
{
    public static TransformerConfig Read(IWeightSource source) => source is GgufWeights gguf ? GgufConfig.Read(gguf) : HuggingFaceConfig.Read(source.Path);
}
