namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of −1, 0 and 1 around a scale, five or four in a byte: 48 bytes of five, 4 of four; f16 d. y = d (digit − 1), a byte
/// being a fraction of 256 written in base 3.</summary>
internal static class TQ1_0
{
    private const int Elements = 256;
    private const int Bytes = 54;

    private static ReadOnlySpan<byte> Powers => [1, 3, 9, 27, 81];

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Half16.At(block, 52);
        DecodeDigits(block[..32], scale, values[..160]);
        DecodeDigits(block[32..48], scale, values[160..240]);
        DecodeDigits(block[48..52], scale, values[240..]);
    }

    /// <summary>The first digits of all bytes, then the second ones, and so on.</summary>
    private static void DecodeDigits(ReadOnlySpan<byte> bytes, float scale, Span<float> values)
    {
        for (var i = 0; i < values.Length; i++)
            values[i] = scale * (((byte)(bytes[i % bytes.Length] * Powers[i / bytes.Length]) * 3 >> 8) - 1);
    }
}
