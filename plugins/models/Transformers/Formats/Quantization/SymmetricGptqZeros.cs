namespace LlmKick.Transformers.Formats.Quantization;

/// <summary>
/// Symmetric GPTQ checkpoints do not agree on how they store their zeros: some label zeros of version 2 as version 1, and GPTQModel
/// subtracts from zeros of 3 bits in a way of its own. In all of them each zero is the middle code.
/// </summary>
internal static class SymmetricGptqZeros
{
    /// <summary>Whether packed zeros are those of a symmetric grid in one of these ways.</summary>
    public static bool AreMiddle(ReadOnlySpan<int> words, int outputs, int groups, int bits)
    {
        var middle = Packed(outputs, bits, version2: true);
        int[][] ways = bits == 3 ? [middle, Packed(outputs, bits, version2: false),
            [.. middle.Select((word, i) => word - GptqModelOnes[i % 3])]] : [middle, Packed(outputs, bits, version2: false)];
        foreach (var way in ways)
            if (Repeats(words, way, groups))
                return true;
        return false;
    }

    // A one in every third bit of each word, as GPTQModel subtracts it.
    private static readonly int[] GptqModelOnes = [0x24924924, unchecked((int)0x92492492), 0x49249249];

    private static int[] Packed(int outputs, int bits, bool version2)
    {
        var words = new int[Packing.Bitstream.Words(outputs, bits)];
        var zeros = new byte[outputs];
        Array.Fill(zeros, (byte)(1 << bits - 1));
        Packing.GptqZeros.Pack(zeros, bits, version2, words);
        return words;
    }

    private static bool Repeats(ReadOnlySpan<int> words, int[] row, int groups)
    {
        for (var group = 0; group < groups; group++)
            if (!words.Slice(group * row.Length, row.Length).SequenceEqual(row))
                return false;
        return true;
    }
}
