using LlmKick.Transformers.Formats.Packing;
using LlmKick.Transformers.Formats.Weights;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Reads the layouts "sparse-bitmask" and "sparse-24-bitmask": a bit a weight, and the values that are not zero.</summary>
internal static class MaskedWeight
{
    /// <summary>Outputs and inputs: a row's bits may be padded.</summary>
    public static IReadOnlyList<long> Shape(PackedParts parts)
    {
        if (parts.Shape("shape", "I64", "I32") is not ([2] or [2, 1]))
            throw parts.Fault("shape", "does not hold two numbers");
        return parts.Numbers("shape");
    }

    /// <summary>[outputs, inputs] in the type of the stored values; floats of 8 bits as float32.</summary>
    public static Tensor Read(PackedParts parts, PackedSize size)
    {
        var dtype = parts.Find("compressed").Dtype;
        var weight = Spread(parts, size);
        return Float8.Is(dtype) ? Float8.Decode(weight, dtype) : weight;
    }

    /// <summary>[outputs, inputs] in the type of the stored values; floats of 8 bits as bytes.</summary>
    public static Tensor Spread(PackedParts parts, PackedSize size)
    {
        parts.Require("bitmask", ["U8"], size.Outputs, Bitmask.RowBytes(size.Inputs));
        var present = empty([size.Outputs, size.Inputs], ScalarType.Bool);
        var count = Bitmask.Unpack(parts.Read("bitmask").bytes, size.Outputs, size.Inputs, present.bytes);
        var values = parts.Read("compressed").flatten();
        return values.numel() == count
            ? zeros([size.Outputs, size.Inputs], values.dtype).masked_scatter_(present, values)
            : throw parts.Fault("compressed", $"has {values.numel()} values for {count} that its mask asks for");
    }
}
