using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

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
