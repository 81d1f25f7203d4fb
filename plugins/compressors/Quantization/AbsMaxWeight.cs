using LlmKick.Sdk;
using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Quantization;

/// <summary>Weights of 8 bits for products of integers: code = w / scale + 128, scale = max|w| / 127.</summary>
internal static class AbsMaxWeight
{
    private const int Bits = 8;
    private const int Highest = 127;
    // Of a row of zeros the scale is 0, and would be divided by.
    private const double LeastScale = 1e-30;

    /// <summary>Quantizes a linear.</summary>
    /// <param name="linear">The linear.</param>
    /// <param name="share">What shares a scale.</param>
    /// <param name="scheme">How its inputs are rounded.</param>
    public static void Replace(Linear linear, WeightShare share, ActivationScheme scheme)
    {
        using var scope = NewDisposeScope();
        var weight = linear.Weight.to(ScalarType.Float32);
        var largest = share == WeightShare.Tensor ? weight.abs().max().view(1, 1) : weight.abs().amax([1], keepdim: true);
        var scales = largest.div(Number.Of(Highest)).clamp_min_(Number.Of(LeastScale));
        var codes = (weight / scales).round_().clamp_(Number.Of(-Highest), Number.Of(Highest)).add_(Number.Of(Highest + 1), Number.One)
            .to(ScalarType.Byte);
        linear.Replace(new QuantizedWeight(Encoding(linear.Encoding.AsValues as PrunedEncoding, scheme), codes, scales));
    }

    /// <exception cref="LlmKickException">The model computes with floats whatever an encoding says.</exception>
    public static void RequireIntegers(ITransformer model)
    {
        if (!model.RoundsActivations)
            throw new LlmKickException("The model's plugin multiplies floats only, and this method is about products of integers: use a "
                + "method that quantizes weights alone (rtn, gptq, awq).");
    }

    /// <summary>What a linear becomes.</summary>
    public static LinearForecast Foresee(LinearForecast before, WeightShare share, ActivationScheme scheme) => before with
    {
        Encoding = Encoding(before.Encoding.AsValues as PrunedEncoding, scheme), HasColumnGroups = false,
        HasOneScale = share == WeightShare.Tensor,
    };

    private static QuantizedEncoding Encoding(PrunedEncoding? pruned, ActivationScheme scheme) => new()
    {
        Format = CodeFormat.Integer,
        Bits = Bits,
        Symmetric = true,
        Activations = scheme,
        Pruned = pruned,
    };
}
