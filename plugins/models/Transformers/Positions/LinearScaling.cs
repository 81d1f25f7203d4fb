using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Positions;

/// <summary>Position interpolation: all frequencies divided by a factor.</summary>
internal sealed record LinearScaling(double Factor) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies, RotarySpec rotary, long regime) => frequencies.div(Number.Of(Factor));
}
