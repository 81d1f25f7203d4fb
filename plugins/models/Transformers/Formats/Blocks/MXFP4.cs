namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 floats of 4 bits under a power of two (OCP Microscaling Formats 1.0): the exponent, biased by 127; low nibbles, then high
/// nibbles.</summary>
internal static class MXFP4
{
    private const int Elements = 32;
    private const int Bytes = 17;

    /// <summary>Twice the numbers of the codes, so that they are whole.</summary>
    private static ReadOnlySpan<sbyte> Doubled => [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12];

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            IQ4_NL.Decode(MathF.ScaleB(1, blocks[0] - 128), blocks[1..Bytes], Doubled, values[..Elements]);
    }
}
