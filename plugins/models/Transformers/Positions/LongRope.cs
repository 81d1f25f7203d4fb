using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>LongRoPE (Ding et al., arXiv 2402.13753): a factor for each frequency, other ones for texts beyond the original
/// context.</summary>
/// <param name="Short">What frequencies are divided by in texts of up to the original context.</param>
/// <param name="Long">The same for longer texts: all their tokens, the first ones too.</param>
/// <param name="OriginalContext">Tokens of the context trained on before.</param>
/// <param name="Attention">What cosines and sines are multiplied by.</param>
internal sealed record LongRope(FactorList Short, FactorList Long, int OriginalContext, double Attention) : IRotaryScaling
{
    public double Amplitude => Attention;

    public bool DependsOnLength => !Short.Equals(Long);

    public long Regime(long length) => length > OriginalContext ? 1 : 0;

    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime)
    {
        using var factors = tensor((regime == 0 ? Short : Long).ToArray(), device: frequencies.device);
        return frequencies / factors;
    }
}
