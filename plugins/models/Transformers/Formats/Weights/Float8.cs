using LlmKick.Sdk.Compression;
using static TorchSharp.torch;

namespace LlmKick.Transformers.Formats.Weights;

/// <summary>Floats of 8 bits, which TorchSharp has no type for.</summary>
internal static class Float8
{
    public const string E4M3 = "F8_E4M3";
    public const string E5M2 = "F8_E5M2";

    public static bool Is(string dtype) => dtype is E4M3 or E5M2;

    /// <summary>The numbers that bytes stand for.</summary>
    /// <param name="bytes">uint8, any shape.</param>
    /// <param name="dtype">Which of the two types.</param>
    /// <returns>float32 of the same shape, owned by the caller.</returns>
    public static Tensor Decode(Tensor bytes, string dtype)
    {
        using var scope = NewDisposeScope();
        return tensor(Table(dtype)).index_select(0, bytes.flatten().to_type(ScalarType.Int64)).view(bytes.shape).MoveToOuterDisposeScope();
    }

    // The second type is the upper half of half precision.
    private static float[] Table(string dtype) => dtype == E4M3
        ? [.. CodeValues.Of(CodeFormat.Fp8E4M3)]
        : [.. Enumerable.Range(0, 256).Select(code => (float)BitConverter.UInt16BitsToHalf((ushort)(code << 8)))];
}
