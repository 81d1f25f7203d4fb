using static TorchSharp.torch;

namespace LlmKick.Transformers.Configuration;

/// <summary>Each frequency divided by its own factor, as GGUF files store Llama 3's scaling.</summary>
internal sealed record FrequencyFactors(IReadOnlyList<float> Factors) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies)
    {
        using var factors = tensor(Factors.ToArray(), device: frequencies.device);
        return frequencies / factors;
    }
}
