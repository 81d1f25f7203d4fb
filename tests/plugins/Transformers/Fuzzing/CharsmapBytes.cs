namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>SentencePiece's table of characters.</summary>
internal static class CharsmapBytes
{
    private const int Units = 512;
    private const int Root = 256;

    /// <summary>A table in which "A" becomes "a" and nothing else anything.</summary>
    public static byte[] Small { get; } = Build();

    private static byte[] Build()
    {
        var units = new uint[Units];
        units[0] = Root << 10;
        // The leaf's value lies beside it.
        units[Root ^ 'A'] = 'A' | 1u << 8 | 1u << 10;
        units[Root ^ 'A' ^ 1] = 0x80000000;
        return [.. BitConverter.GetBytes(Units * sizeof(uint)), .. units.SelectMany(BitConverter.GetBytes), .. "a\0"u8];
    }
}
