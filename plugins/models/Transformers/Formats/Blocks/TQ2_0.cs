namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>256 values of −1, 0 and 1 around a scale, in 2 bits each: codes; f16 d. y = d (q − 1).</summary>
internal static class TQ2_0
{
    private const int Elements = 256;
    private const int Bytes = 66;

    public static void Decode(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        for (; values.Length > 0; blocks = blocks[Bytes..], values = values[Elements..])
            DecodeBlock(blocks[..Bytes], values[..Elements]);
    }

    private static void DecodeBlock(ReadOnlySpan<byte> block, Span<float> values)
    {
        var scale = Half16.At(block, 64);
        for (var i = 0; i < Elements; i++)
            values[i] = scale * ((block[i / 128 * 32 + i % 32] >> (i % 128 / 32 * 2) & 3) - 1);
    }
}
