using LlmKick.Sdk.Tensors;
using TorchSharp;

namespace LlmKick.Sdk.Compression;

/// <summary>Quantized weights whose rows or columns are multiplied: codes stay, scales take the factors over. Null where scales
/// cannot.</summary>
internal static class ScaledCodes
{
    // Halves and wider have digits enough to take any factor over.
    private const int WholeScaleBits = 16;

    /// <param name="weight">The weight; stays as it is.</param>
    /// <param name="factors">float32 [outputs].</param>
    public static QuantizedWeight? OfRows(QuantizedWeight weight, torch.Tensor factors)
    {
        var own = factors.to(weight.Scales.device).unsqueeze(1);
        return With(weight, own, weight.Encoding, weight.Zeros?.expand(weight.Codes.shape[0], -1));
    }

    /// <param name="weight">The weight; stays as it is.</param>
    /// <param name="factors">float32 [inputs].</param>
    public static QuantizedWeight? OfColumns(QuantizedWeight weight, torch.Tensor factors)
    {
        var own = factors.to(weight.Scales.device);
        var groups = weight.GroupOfColumns();
        var perGroup = torch.ones(weight.Scales.shape[1]).scatter(0, groups, own);
        if (!perGroup.index_select(0, groups).eq(own).all().item<bool>())
            return null;
        // Inputs shrink by what the columns grow by. A scheme goes with one scale for all columns, so that the factor is one, too.
        var encoding = weight.Encoding.Activations is { } scheme
            ? weight.Encoding with { Activations = Shrunk(scheme, perGroup[0].item<float>()) }
            : weight.Encoding;
        return With(weight, perGroup.unsqueeze(0), encoding, weight.Zeros);
    }

    private static ActivationScheme Shrunk(ActivationScheme scheme, double factor) =>
        scheme with { Scale = scheme.Scale / factor, OutlierThreshold = scheme.OutlierThreshold / factor };

    private static QuantizedWeight? With(QuantizedWeight weight, torch.Tensor factors, QuantizedEncoding encoding, torch.Tensor? zeros)
    {
        var scales = weight.Scales * factors;
        var holds = scales.isfinite().all().item<bool>() && scales.eq(Number.Of(0)).eq(weight.Scales.eq(Number.Of(0))).all().item<bool>();
        return holds && (encoding.ScaleBits >= WholeScaleBits || ArePowersOfTwo(factors))
            ? new QuantizedWeight(encoding, weight.Codes, scales, zeros, weight.ColumnGroups)
            : null;
    }

    /// <summary>Scales of 8 bits have an exponent and few digits, if any: a power of two is all that they take over unrounded.</summary>
    private static bool ArePowersOfTwo(torch.Tensor factors) => factors.frexp().Mantissa.abs().eq(torch.tensor(0.5f)).all().item<bool>();
}
