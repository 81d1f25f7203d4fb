using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Configuration;
using LlmKick.Transformers.Formats.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Rotary scaling that GGUF files have as a factor for each frequency.</summary>
internal static class RotaryFactors
{
    public static IEnumerable<GgufPlan> Of(TransformerConfig config) => config.Rotary.Scaling is null or LinearScaling
        ? []
        : [new GgufPlan(GgufRotary.FactorsTensor, [config.HeadWidth / 2], BlockTypes.Find("F32")!, () => Factors(config))];

    private static Tensor Factors(TransformerConfig config)
    {
        var exponents = arange(Number.Of(0), Number.Of(config.HeadWidth), Number.Of(2), ScalarType.Float32) / Number.Of(config.HeadWidth);
        var frequencies = pow(config.Rotary.Base, exponents).reciprocal();
        return frequencies / config.Rotary.Scaling!.Scale(frequencies);
    }
}
