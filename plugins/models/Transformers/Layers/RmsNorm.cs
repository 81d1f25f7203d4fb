using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>x / √(mean x² + ε) · w over the last dimension; the mean and the quotient in float32, as transformers computes them.</summary>
internal sealed class RmsNorm(Tensor weight, double epsilon)
{
    private readonly TorchSharp.Scalar epsilon = Number.Of(epsilon);

    public Tensor Weight => weight;

    public Tensor Forward(Tensor input)
    {
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.Float32 ? input : input.to_type(ScalarType.Float32);
        var scale = wide.pow(Number.Of(2)).mean([-1], keepdim: true).add_(epsilon, Number.One).rsqrt_();
        var normal = wide * scale;
        if (input.dtype != ScalarType.Float32)
            normal = normal.to_type(input.dtype);
        return normal.mul_(weight).MoveToOuterDisposeScope();
    }
}
