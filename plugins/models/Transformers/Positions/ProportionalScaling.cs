using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>
/// Gemma 4's <c>proportional</c> type: the first share of the frequencies is kept, with the whole head's exponents, the others are 0, so
/// that pairs are those of a wholly rotated head.
/// </summary>
/// <param name="Share">The share of the head that is rotated.</param>
/// <param name="Factor">What frequencies are divided by.</param>
internal sealed record ProportionalScaling(double Share, double Factor) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        var kept = (long)(Share * rotary.Width / 2);
        var scaled = frequencies.div(Number.Of(Factor));
        scaled.narrow(0, kept, scaled.shape[0] - kept).zero_();
        return scaled;
    }
}
