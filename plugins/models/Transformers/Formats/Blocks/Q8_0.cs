namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>32 values of 8 bits around a scale: f16 d; signed bytes. y = d q.</summary>
internal static class Q8_0
{
    private const int Elements = 32;
    private const int Bytes = 34;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Half16.At(block, 0);
        var codes = block[2..];
        for (var i = 0; i < Elements; i++)
            values[i] = scale * (sbyte)codes[i];
    }

    public static void Encode(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            EncodeBlock(values[..Elements], blocks[..Bytes]);
    }

    private static void EncodeBlock(ReadOnlySpan<float> values, Span<byte> block)
    {
        var scale = MathF.Abs(BlockRange.SignedPeak(values)) / 127;
        Half16.Put(block, 0, scale);
        var inverse = BlockRange.Inverse(scale);
        for (var i = 0; i < Elements; i++)
            block[2 + i] = (byte)(sbyte)MathF.Round(values[i] * inverse, MidpointRounding.AwayFromZero);
    }
}
