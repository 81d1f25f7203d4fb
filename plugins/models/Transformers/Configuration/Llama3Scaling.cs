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
        var waves = 2 * Math.PI / frequencies;
        var smooth = (OriginalContext / waves - LowFrequencyFactor) / (HighFrequencyFactor - LowFrequencyFactor);
        var between = (1 - smooth) * frequencies / Factor + smooth * frequencies;
        var scaled = where(waves > OriginalContext / LowFrequencyFactor, frequencies / Factor, between);
        return where(waves < OriginalContext / HighFrequencyFactor, frequencies, scaled);
    }
}
