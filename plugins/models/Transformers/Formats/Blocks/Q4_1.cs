namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 4 bits with a minimum: f16 d, m; low nibbles, then high nibbles. y = d q + m.</summary>
internal static class Q4_1
{
    private const int Elements = 32;
    private const int Bytes = 20;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var (scale, minimum) = (Half16.At(block, 0), Half16.At(block, 2));
        var codes = block[4..];
        for (var i = 0; i < Elements / 2; i++)
        {
            values[i] = scale * (codes[i] & 15) + minimum;
            values[i + Elements / 2] = scale * (codes[i] >> 4) + minimum;
        }
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var (least, greatest) = BlockRange.Ends(values);
        var scale = (greatest - least) / 15;
        Half16.Put(block, 0, scale);
        Half16.Put(block, 2, least);
        var inverse = BlockRange.Inverse(scale);
        for (var i = 0; i < Elements / 2; i++)
            block[4 + i] = (byte)(BlockRange.Above(values[i], least, inverse, 15) | BlockRange.Above(values[i + Elements / 2], least,
                inverse, 15) << 4);
    }
}
