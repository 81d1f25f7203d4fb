namespace LlmKick.Transformers.Formats.Packing;

/// <summary>
/// Version 1 of GPTQ's format stores each zero less one. Its tools subtract from whole words, so that a zero of 0 borrows from its
/// neighbour, and add again when they read: the same is done here. Zeros of 3 bits cross words and are changed one by one.
/// </summary>
internal static class GptqZeros
{
    private const int Crossing = 3;

    /// <summary>Packs a row of zeros.</summary>
    public static void Pack(Span<byte> zeros, int bits, bool version2, Span<int> words)
    {
        if (!version2 && bits == Crossing)
            AddEach(zeros, -1);
        Bitstream.Pack(zeros, bits, words);
        if (!version2 && bits != Crossing)
            AddWords(words, -Ones(bits));
    }

    /// <summary>Unpacks a row of zeros; the words are changed.</summary>
    public static void Unpack(Span<int> words, int bits, bool version2, Span<byte> zeros)
    {
        if (!version2 && bits != Crossing)
            AddWords(words, Ones(bits));
        Bitstream.Unpack(words, bits, zeros);
        if (!version2 && bits == Crossing)
            AddEach(zeros, 1);
    }

    private static void AddEach(Span<byte> zeros, int change)
    {
        foreach (ref var zero in zeros)
            zero = (byte)(zero + change & (1 << Crossing) - 1);
    }

    private static void AddWords(Span<int> words, int change)
    {
        foreach (ref var word in words)
            word += change;
    }

    /// <summary>A one in every place of a word.</summary>
    private static int Ones(int bits) => (int)(uint.MaxValue / ((1u << bits) - 1));
}
