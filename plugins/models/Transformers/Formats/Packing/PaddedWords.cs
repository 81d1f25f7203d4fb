namespace LlmKick.Transformers.Formats.Packing;

/// <summary>Whole codes in words of 32 bits, lowest bits first: the bits that are left at a word's end stay zero.</summary>
internal static class PaddedWords
{
    public static int Words(int count, int bits) => (count + 32 / bits - 1) / (32 / bits);

    public static void Pack(ReadOnlySpan<byte> codes, int bits, Span<int> words)
    {
        var (each, mask) = (32 / bits, (1u << bits) - 1);
        for (var word = 0; word < words.Length; word++)
        {
            var part = codes.Slice(word * each, Math.Min(each, codes.Length - word * each));
            uint packed = 0;
            for (var i = 0; i < part.Length; i++)
                packed |= (part[i] & mask) << (bits * i);
            words[word] = (int)packed;
        }
    }

    public static void Unpack(ReadOnlySpan<int> words, int bits, Span<byte> codes)
    {
        var (each, mask) = (32 / bits, (1u << bits) - 1);
        for (var i = 0; i < codes.Length; i++)
            codes[i] = (byte)((uint)words[i / each] >> (bits * (i % each)) & mask);
    }
}
