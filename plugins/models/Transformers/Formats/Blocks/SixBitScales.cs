namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The eight scales and eight minima of 6 bits that Q4_K and Q5_K keep in 12 bytes.</summary>
internal static class SixBitScales
{
    public static (int Scale, int Minimum) At(ReadOnlySpan<byte> packed, int sub) => sub < 4
        ? (packed[sub] & 63, packed[sub + 4] & 63)
        : (packed[sub + 4] & 15 | packed[sub - 4] >> 6 << 4, packed[sub + 4] >> 4 | packed[sub] >> 6 << 4);
}
