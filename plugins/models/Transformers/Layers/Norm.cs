using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>A norm over the last dimension; mean and quotient in float32, as transformers computes them.</summary>
internal sealed class Norm(NormSpec spec, Tensor? weight, Tensor? bias)
{
    public NormSpec Spec => spec;

    public Tensor? Weight => weight;

    public Tensor? Bias => bias;

    /// <summary>Its tensors by their names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Tensors
    {
        get
        {
            if (weight is not null)
                yield return (spec.Name + ".weight", weight);
            if (bias is not null)
                yield return (spec.Name + ".bias", bias);
        }
    }

    public Tensor Forward(Tensor input)
    {
        if (spec.Centred)
            return nn.functional.layer_norm(input, [spec.Width], weight, bias, spec.Epsilon);
        using var scope = NewDisposeScope();
        var wide = input.dtype == ScalarType.Float32 ? input : input.to_type(ScalarType.Float32);
        if (spec.Groups > 1)
            wide = wide.unflatten(wide.dim() - 1, [spec.Groups, -1]);
        var squares = wide.pow(Number.Of(2));
        var size = spec.ToLengthOne ? squares.sum(-1, keepdim: true) : squares.mean([-1], keepdim: true);
        var normal = wide * size.add_(Number.Of(spec.Epsilon), Number.One).rsqrt_();
        return Weigh(spec.Groups > 1 ? normal.flatten(-2) : normal, input.dtype).MoveToOuterDisposeScope();
    }

    // With an offset the reference multiplies in float32 and rounds last, without it rounds first.
    private Tensor Weigh(Tensor normal, ScalarType dtype)
    {
        if (weight is not null && spec.Offset != 0)
            return normal.mul_(weight.to_type(ScalarType.Float32).add(Number.Of(spec.Offset), Number.One)).to_type(dtype);
        if (dtype != ScalarType.Float32)
            normal = normal.to_type(dtype);
        return weight is null ? normal : normal.mul_(weight);
    }
}
