using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Configuration;

/// <summary>Llama 3.1's scaling: long waves are divided by a factor, short ones kept, those between interpolated.</summary>
/// <param name="Factor">What long waves are divided by.</param>
/// <param name="LowFrequencyFactor">Waves longer than the original context / this are long.</param>
/// <param name="HighFrequencyFactor">Waves shorter than the original context / this are short.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
internal sealed record Llama3Scaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalContext) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies)
    {
        var waves = Number.Of(2 * Math.PI) / frequencies;
        var smooth = (Number.Of(OriginalContext) / waves - Number.Of(LowFrequencyFactor)) / Number.Of(HighFrequencyFactor - LowFrequencyFactor);
        var between = (smooth.negative().add(Number.Of(1), Number.One) * frequencies / Number.Of(Factor)).add(smooth * frequencies, Number.One);
        var scaled = where(waves > Number.Of(OriginalContext / LowFrequencyFactor), frequencies / Number.Of(Factor), between);
        return where(waves < Number.Of(OriginalContext / HighFrequencyFactor), frequencies, scaled);
    }
}
