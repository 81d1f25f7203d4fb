using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Layers;

/// <summary>Computes <see cref="ScaleSpec"/>.</summary>
internal sealed class Scale(ScaleSpec spec, Tensor weight)
{
    /// <summary>The tensors of those that are there, by their names.</summary>
    public static IEnumerable<(string Name, Tensor Tensor)> All(params IEnumerable<Scale?> scales) =>
        scales.OfType<Scale>().Select(scale => scale.Named);

    private (string Name, Tensor Tensor) Named => (spec.Name, weight);

    /// <param name="input">[…, channels], in place.</param>
    public Tensor Apply(Tensor input)
    {
        using var factors = Factors();
        return input.mul_(factors);
    }

    private Tensor Factors()
    {
        using var scope = NewDisposeScope();
        var factors = weight.mul(Number.Of(spec.Factor));
        if (spec.IsSquared)
            factors = factors.mul(factors);
        return (spec.IsAbsolute ? factors.abs() : factors).MoveToOuterDisposeScope();
    }
}
