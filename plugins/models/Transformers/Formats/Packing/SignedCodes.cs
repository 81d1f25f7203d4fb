namespace LlmKick.Transformers.Formats.Packing;

/// <summary>Codes 0 … 2^bits − 1 as the signed bytes of the layout "int-quantized", and back: both are their own numbers less 2^(bits −
/// 1).</summary>
internal static class SignedCodes
{
    /// <summary>From codes to signed bytes.</summary>
    public static void Pack(ReadOnlySpan<byte> codes, int bits, Span<sbyte> values)
    {
        for (var i = 0; i < codes.Length; i++)
            values[i] = (sbyte)(codes[i] - (1 << bits - 1));
    }

    /// <summary>From signed bytes to codes. What is beyond the width keeps its lower bits.</summary>
    public static void Unpack(ReadOnlySpan<sbyte> values, int bits, Span<byte> codes)
    {
        for (var i = 0; i < values.Length; i++)
            codes[i] = (byte)(values[i] + (1 << bits - 1) & (1 << bits) - 1);
    }
}
