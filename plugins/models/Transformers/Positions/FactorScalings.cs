using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Position interpolation: all frequencies divided by a factor.</summary>
internal sealed record LinearScaling(double Factor) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime) => frequencies.div(Number.Of(Factor));
}

/// <summary>The base multiplied by α^(d / (d − 2)), whatever a text's length (HunYuan's <c>alpha</c>).</summary>
internal sealed record BaseScaling(double Alpha) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime) => Frequencies(rotary, Alpha, frequencies.device);

    /// <summary>The frequencies of a base that is multiplied by <paramref name="alpha"/>^(d / (d − 2)).</summary>
    public static Tensor Frequencies(RotarySpec rotary, double alpha, Device device) =>
        RotaryFrequencies.Of(Base(rotary, alpha), rotary.Width, rotary.Width).to(device);

    /// <summary>That base.</summary>
    public static double Base(RotarySpec rotary, double alpha) => rotary.Base * Math.Pow(alpha, rotary.Width / (rotary.Width - 2.0));
}

/// <summary>Each frequency divided by its own factor, as GGUF files store Llama 3's scaling.</summary>
internal sealed record FrequencyFactors(FactorList Factors) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        using var factors = tensor(Factors.ToArray(), device: frequencies.device);
        return frequencies / factors;
    }
}
