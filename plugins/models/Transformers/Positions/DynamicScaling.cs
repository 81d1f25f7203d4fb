using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>
/// Dynamic NTK scaling: a text of n tokens beyond the context gets the base θ · (f n / context − (f − 1))^(d / (d − 2)), all its positions
/// do, so that a text's scores depend on its length.
/// </summary>
/// <param name="Factor">f.</param>
/// <param name="Context">Tokens up to which nothing is scaled.</param>
internal sealed record DynamicScaling(double Factor, int Context) : IRotaryScaling
{
    public bool DependsOnLength => true;

    public long Regime(long length) => length > Context ? length : 0;

    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime) => regime == 0
        ? frequencies
        : BaseScaling.Frequencies(rotary, Factor * regime / Context - (Factor - 1), frequencies.device);
}
