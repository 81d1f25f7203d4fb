using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>
/// YaRN (Peng et al., arXiv 2309.00071): frequencies that turn often within the original context stay, those that turn seldom are divided
/// by the factor, those between are interpolated.
/// </summary>
/// <param name="Factor">What slow frequencies are divided by.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
/// <param name="BetaFast">Turns within the original context from which on a frequency stays.</param>
/// <param name="BetaSlow">Turns up to which it is divided.</param>
/// <param name="Truncate">Whether the border dimensions are rounded outwards to whole ones.</param>
/// <param name="Attention">What cosines and sines are multiplied by.</param>
internal sealed record YarnScaling(double Factor, int OriginalContext, double BetaFast, double BetaSlow, bool Truncate, double Attention)
    : IRotaryScaling
{
    public double Amplitude => Attention;

    /// <summary>0.1 m ln(s) + 1, the paper's temperature.</summary>
    public static double Temperature(double factor, double mscale = 1) => factor <= 1 ? 1 : 0.1 * mscale * Math.Log(factor) + 1;

    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        var (low, high) = (Border(BetaFast, rotary), Border(BetaSlow, rotary));
        if (Truncate)
            (low, high) = (Math.Floor(low), Math.Ceiling(high));
        (low, high) = (Math.Max(low, 0), Math.Min(high, rotary.Width - 1));
        // As in the reference: a ramp of no length would be divided by 0.
        high = low == high ? high + 0.001 : high;
        var ramp = arange(Number.Of(0), Number.Of(rotary.Width / 2), Number.One, ScalarType.Float32, frequencies.device)
            .sub(Number.Of(low)).div(Number.Of(high - low)).clamp(Number.Of(0), Number.Of(1));
        var kept = ones_like(ramp) - ramp;
        return (frequencies.div(Number.Of(Factor)) * ramp).add(frequencies * kept, Number.One);
    }

    private double Border(double turns, RotarySpec rotary) =>
        rotary.Width * Math.Log(OriginalContext / (turns * 2 * Math.PI)) / (2 * Math.Log(rotary.Base));
}
