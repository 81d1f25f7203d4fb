using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Each frequency divided by its own factor, as GGUF files store Llama 3's scaling.</summary>
internal sealed record FrequencyFactors(FactorList Factors) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        using var factors = tensor(Factors.ToArray(), device: frequencies.device);
        return frequencies / factors;
    }
}
