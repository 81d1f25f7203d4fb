using LlmKick.Sdk.Compression;
using LlmKick.Sdk.Tensors;
using LlmKick.Transformers.Formats.Blocks;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Export.Gguf;

/// <summary>Integers that a block type holds as they are: symmetric ones of its width, in groups of its length.</summary>
internal static class IntegerBlocks
{
    private const int Length = 32;

    /// <summary>Whether a type holds a linear's integers; its scales are halves.</summary>
    public static bool Fit(LinearFacts linear, BlockType type) => linear.Forecast is { HasColumnGroups: false, HasOneScale: false }
        && linear.Quantized is { Format: CodeFormat.Integer, Symmetric: true, GroupSize: Length } quantized
        && linear.Inputs % Length == 0 && type.Name == (quantized.Bits switch { 4 => "Q4_0", 5 => "Q5_0", 8 => "Q8_0", _ => "" });

    /// <summary>The blocks, uint8 [outputs, bytes a row].</summary>
    public static Tensor Pack(QuantizedWeight weight)
    {
        var codes = weight.Codes.view(weight.Codes.shape[0], -1, Length);
        Tensor[] parts = weight.Encoding.Bits switch
        {
            4 => [Halves(weight.Scales), Nibbles(codes)],
            5 => [Halves(weight.Scales), FifthBits(codes), Nibbles(codes.bitwise_and(tensor((byte)15)))],
            _ => [Halves(weight.Scales), codes.bitwise_xor(tensor((byte)128))],
        };
        return cat(parts, -1).flatten(1);
    }

    /// <summary>The bytes of scales, [outputs, groups, 2].</summary>
    private static Tensor Halves(Tensor scales)
    {
        var bytes = empty([.. scales.shape, 2], ScalarType.Byte);
        scales.to_type(ScalarType.Float16).contiguous().bytes.CopyTo(bytes.bytes);
        return bytes;
    }

    private static Tensor Nibbles(Tensor codes) => codes.narrow(-1, 0, Length / 2)
        .bitwise_or(codes.narrow(-1, Length / 2, Length / 2).mul(tensor((byte)16)));

    /// <summary>[outputs, groups, 4]: the fifth bit of each code, the first lowest.</summary>
    private static Tensor FifthBits(Tensor codes)
    {
        var places = tensor(new byte[] { 1, 2, 4, 8, 16, 32, 64, 128 });
        return codes.gt(Number.Of(15)).to_type(ScalarType.Byte).view(codes.shape[0], codes.shape[1], 4, 8).mul(places)
            .sum(-1, type: ScalarType.Byte);
    }
}
