using LlmKick.Transformers.Formats.Packing;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>Reads the layout "pack-quantized": codes and zeros in words.</summary>
internal static class PackQuantizedCodes
{
    private static readonly string[] Words = ["I32"];

    /// <summary>Outputs and inputs, which the words alone do not tell.</summary>
    public static IReadOnlyList<long> Shape(PackedParts parts)
    {
        parts.Require("weight_shape", ["I64", "I32"], 2);
        return parts.Numbers("weight_shape");
    }

    /// <summary>uint8 [outputs, inputs].</summary>
    public static Tensor Codes(PackedParts parts, PackedSize size, int bits)
    {
        var padded = IsPadded(parts, size, bits);
        var codes = empty([size.Outputs, size.Inputs], ScalarType.Byte);
        CompressedTensorsPacking.UnpackCodes(PackedParts.Elements<int>(parts.Read("weight_packed")), size.Outputs, size.Inputs, bits,
            padded, codes.bytes);
        return codes;
    }

    /// <summary>uint8 [outputs, groups].</summary>
    public static Tensor Zeros(PackedParts parts, PackedSize size, int groups, int bits)
    {
        var padded = IsPadded(parts, size, bits);
        parts.Require("weight_zero_point", Words, CompressedTensorsPacking.Words(size.Outputs, bits, padded), groups);
        var zeros = empty([size.Outputs, groups], ScalarType.Byte);
        CompressedTensorsPacking.UnpackZeros(PackedParts.Elements<int>(parts.Read("weight_zero_point")), size.Outputs, groups, bits, padded,
            zeros.bytes);
        return zeros;
    }

    private static bool IsPadded(PackedParts parts, PackedSize size, int bits)
    {
        var (rows, width) = parts.Matrix("weight_packed", Words);
        if (rows == size.Outputs)
            foreach (var padded in (bool[])[false, true])
                if (width == CompressedTensorsPacking.Words(size.Inputs, bits, padded))
                    return padded;
        throw parts.Fault("weight_packed",
            $"has the shape [{rows}, {width}], which does not hold {size.Outputs} rows of {size.Inputs} codes of {bits} bits");
    }
}
