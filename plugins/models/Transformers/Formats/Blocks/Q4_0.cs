namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 4 bits around a scale: f16 d; low nibbles, then high nibbles. y = d (q − 8).</summary>
internal static class Q4_0
{
    private const int Elements = 32;
    private const int Bytes = 18;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Half16.At(block, 0);
        var codes = block[2..];
        for (var i = 0; i < Elements / 2; i++)
        {
            values[i] = scale * ((codes[i] & 15) - 8);
            values[i + Elements / 2] = scale * ((codes[i] >> 4) - 8);
        }
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var scale = BlockRange.SignedPeak(values) / -8;
        Half16.Put(block, 0, scale);
        var inverse = BlockRange.Inverse(scale);
        for (var i = 0; i < Elements / 2; i++)
            block[2 + i] =
                (byte)(BlockRange.Around(values[i], inverse, 8.5, 15) | BlockRange.Around(values[i + Elements / 2], inverse, 8.5, 15) << 4);
    }
}
