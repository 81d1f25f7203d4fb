namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 4 bits around a scale: f16 d; low nibbles, then high nibbles. y = d · the code's number, whose steps grow
/// outwards.</summary>
internal static class IQ4_NL
{
    private const int Elements = 32;
    private const int Bytes = 18;

    /// <summary>The numbers of the codes.</summary>
    public static ReadOnlySpan<sbyte> Numbers => [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113];

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            Decode(Half16.At(blocks, 0), blocks[2..Bytes], Numbers, values[..Elements]);
    }

    /// <summary>16 bytes of two codes each: low nibbles are the first half of the values.</summary>
    public static void Decode(float scale, ReadOnlySpan<byte> codes, ReadOnlySpan<sbyte> numbers, Span<float> values)
    {
        for (var i = 0; i < codes.Length; i++)
        {
            values[i] = scale * numbers[codes[i] & 15];
            values[i + codes.Length] = scale * numbers[codes[i] >> 4];
        }
    }
}
