using LlmKick.Sdk.Compression;
using LlmKick.Transformers.Formats.Packing;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>One quantized linear of compressed-tensors; its tensors belong to the caller's scope.</summary>
internal sealed class CompressedTensorsLinear(PackedParts parts, CompressedTensorsScheme scheme, PackedSize size)
{
    private const string ZeroPoint = "weight_zero_point";

    public QuantizedWeight Read()
    {
        var (scales, scaleBits) = Scales();
        var encoding = new QuantizedEncoding
        {
            Format = scheme.IsFloat ? CodeFormat.Fp8E4M3 : CodeFormat.Integer, Bits = scheme.Bits, GroupSize = scheme.GroupSize,
            Symmetric = !scheme.IsFloat && scheme.Symmetric, ScaleBits = scaleBits,
            Activations = scheme.Inputs?.Scheme(parts),
        };
        return new QuantizedWeight(encoding, Codes(), scales, scheme.IsFloat || scheme.Symmetric ? null : Zeros(scales),
            ColumnGroups(scales.shape[1]));
    }

    /// <summary>float32 [outputs, groups] or [1, 1], whatever dimensions the file leaves out.</summary>
    private (Tensor Values, int Bits) Scales()
    {
        var (values, bits) = parts.Scales("weight_scale");
        return (values.view(ScaleShape("weight_scale", values.numel())), bits);
    }

    private long[] ScaleShape(string part, long count)
    {
        long[] shape = scheme.Strategy == "tensor" ? [1, 1]
            : [size.Outputs, scheme.GroupSize is { } inputs ? (size.Inputs + (long)inputs - 1) / inputs : 1];
        return count == shape[0] * shape[1] ? shape : throw parts.Fault(part, $"has {count} values, not [{shape[0]}, {shape[1]}]");
    }

    private Tensor Codes()
    {
        if (parts.Has("weight_packed"))
            return PackQuantizedCodes.Codes(parts, size, scheme.Bits);
        var masked = parts.Has("bitmask");
        _ = parts.Shape(masked ? "compressed" : "weight", scheme.IsFloat ? Float8.E4M3 : "I8");
        var values = masked ? MaskedWeight.Spread(parts, size) : parts.Read("weight");
        return scheme.IsFloat ? values : Unsigned(values);
    }

    private Tensor Zeros(Tensor scales)
    {
        if (parts.Has("weight_packed") && scheme.Strategy != "tensor")
            return PackQuantizedCodes.Zeros(parts, size, (int)scales.shape[1], scheme.Bits);
        _ = parts.Shape(ZeroPoint, "I8");
        var zeros = parts.Read(ZeroPoint);
        return Unsigned(zeros.view(ScaleShape(ZeroPoint, zeros.numel())));
    }

    private Tensor Unsigned(Tensor values)
    {
        var codes = empty(values.shape, ScalarType.Byte);
        SignedCodes.Unpack(PackedParts.Elements<sbyte>(values), scheme.Bits, codes.bytes);
        return codes;
    }

    /// <summary>int64 [inputs]; null where groups are consecutive inputs.</summary>
    private Tensor? ColumnGroups(long groups)
    {
        if (scheme.GroupSize is null || !parts.Has("weight_g_idx"))
            return null;
        parts.Require("weight_g_idx", ["I32"], size.Inputs);
        var indices = PackedParts.Elements<int>(parts.Read("weight_g_idx"));
        // A checkpoint without an order of its own is filled with −1.
        if (!indices.ContainsAnyExcept(-1))
            return null;
        return indices.ContainsAnyExceptInRange(0, (int)groups - 1)
            ? throw parts.Fault("weight_g_idx", $"names groups beyond the {groups} that there are")
            : tensor(indices.ToArray()).to_type(ScalarType.Int64);
    }
}
