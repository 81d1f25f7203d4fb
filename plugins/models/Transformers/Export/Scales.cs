using System.Globalization;
using LlmKick.Sdk.Files;
using LlmKick.Sdk.Tensors;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export;

/// <summary>Scales in files are shorter than those computed with.</summary>
internal static class Scales
{
    /// <summary>Scales in a type of the file.</summary>
    public static PlannedTensor Plan(string name, long[] shape, ScalarType type, Func<Tensor> read) =>
        new(name, SafetensorsDtype.Find(type)!, shape, () => read().to_type(type));

    /// <summary>Why a linear's scales cannot be had in a type: too large, or so small that they would be zero. Null in a
    /// forecast.</summary>
    public static string? Fault(ModelTensor linear, ScalarType type)
    {
        if (linear.Open is null)
            return null;
        using var scope = NewDisposeScope();
        var scales = linear.Open().Quantized!.Scales;
        var rounded = scales.to_type(type);
        if (rounded.isfinite().all().item<bool>() && rounded.eq(Number.Of(0)).eq(scales.eq(Number.Of(0))).all().item<bool>())
            return null;
        return $"has scales that {FloatTypes.Name(type)} cannot hold (too large, or so small that they would be zero)";
    }

    /// <summary>What rounding does to the scales of linears, in a sentence; null where it does nothing.</summary>
    public static string? Note(IEnumerable<ModelTensor> stored, ScalarType type)
    {
        var (changed, worst) = (0, 0.0);
        foreach (var tensor in stored.Where(tensor => tensor.Open is not null))
        {
            using var scope = NewDisposeScope();
            var scales = tensor.Open!().Quantized!.Scales;
            var relative = ((scales - scales.to_type(type).to_type(ScalarType.Float32)).abs() / scales.abs()
                .clamp_min(Number.Of(float.Epsilon))).max().item<float>();
            (changed, worst) = (changed + (relative > 0 ? 1 : 0), Math.Max(worst, relative));
        }
        return changed == 0 ? null
            : string.Create(CultureInfo.InvariantCulture, $"scales of {changed} linears are rounded to {FloatTypes.Name(type)}, by "
            + $"{worst:0.0e+0} of their size at most; integers and zeros are as they were");
    }
}
