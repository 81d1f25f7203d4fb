using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Llama 3.1's scaling: long waves are divided by a factor, short ones kept, those between interpolated.</summary>
/// <param name="Factor">What long waves are divided by.</param>
/// <param name="LowFrequencyFactor">Waves longer than the original context / this are long.</param>
/// <param name="HighFrequencyFactor">Waves shorter than the original context / this are short.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
internal sealed record Llama3Scaling(double Factor, double LowFrequencyFactor, double HighFrequencyFactor, int OriginalContext)
    : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        var waves = full_like(frequencies, Number.Of(2 * Math.PI)) / frequencies;
        var turns = full_like(waves, Number.Of(OriginalContext)) / waves;
        var smooth = turns.sub(Number.Of(LowFrequencyFactor)).div(Number.Of(HighFrequencyFactor - LowFrequencyFactor));
        var divided = frequencies.div(Number.Of(Factor));
        var between = ((ones_like(smooth) - smooth) * divided).add(smooth * frequencies, Number.One);
        var scaled = where(waves.gt(Number.Of(OriginalContext / LowFrequencyFactor)), divided, between);
        return where(waves.lt(Number.Of(OriginalContext / HighFrequencyFactor)), frequencies, scaled);
    }
}
