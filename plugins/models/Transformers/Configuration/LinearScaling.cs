using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Configuration;

/// <summary>Position interpolation: all frequencies divided by a factor.</summary>
internal sealed record LinearScaling(double Factor) : IRotaryScaling
{
    public Tensor Scale(Tensor frequencies) => frequencies / Number.Of(Factor);
}
