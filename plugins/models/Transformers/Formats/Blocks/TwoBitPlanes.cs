namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>Codes of 2 bits as Q2_K and Q3_K keep them: of each 128, four runs of 32 share 32 bytes.</summary>
internal static class TwoBitPlanes
{
    public static void Put(ReadOnlySpan<byte> codes, Span<byte> planes)
    {
        for (var i = 0; i < planes.Length; i++)
        {
            var first = codes[(i / 32 * 128 + i % 32)..];
            planes[i] = (byte)(first[0] & 3 | (first[32] & 3) << 2 | (first[64] & 3) << 4 | (first[96] & 3) << 6);
        }
    }
}
