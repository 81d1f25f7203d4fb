namespace LlmKick.Transformers.Formats.Packing;

/// <summary>
/// The layout "pack-quantized" of compressed-tensors: each row of codes is packed by itself, zeros along the outputs. Since the end of 2025
/// codes follow one another without gaps; before, a word held whole codes. The two differ where the bits of a code do not divide 32.
/// </summary>
internal static class CompressedTensorsPacking
{
    /// <summary>Words that a row of codes takes.</summary>
    public static int Words(int count, int bits, bool padded) => padded ? PaddedWords.Words(count, bits) : Bitstream.Words(count, bits);

    /// <summary>Packs codes [outputs, inputs] into words [outputs, words a row].</summary>
    public static void PackCodes(ReadOnlySpan<byte> codes, int outputs, int inputs, int bits, bool padded, Span<int> words)
    {
        var width = Words(inputs, bits, padded);
        for (var output = 0; output < outputs; output++)
            PackRow(codes.Slice(output * inputs, inputs), bits, padded, words.Slice(output * width, width));
    }

    /// <summary>The reverse of <see cref="PackCodes"/>.</summary>
    public static void UnpackCodes(ReadOnlySpan<int> words, int outputs, int inputs, int bits, bool padded, Span<byte> codes)
    {
        var width = Words(inputs, bits, padded);
        for (var output = 0; output < outputs; output++)
            UnpackRow(words.Slice(output * width, width), bits, padded, codes.Slice(output * inputs, inputs));
    }

    /// <summary>Packs zeros [outputs, groups] into words [words for all outputs, groups].</summary>
    public static void PackZeros(ReadOnlySpan<byte> zeros, int outputs, int groups, int bits, bool padded, Span<int> words)
    {
        var (column, packed) = (new byte[outputs], new int[Words(outputs, bits, padded)]);
        for (var group = 0; group < groups; group++)
        {
            for (var output = 0; output < outputs; output++)
                column[output] = zeros[output * groups + group];
            PackRow(column, bits, padded, packed);
            for (var word = 0; word < packed.Length; word++)
                words[word * groups + group] = packed[word];
        }
    }

    /// <summary>The reverse of <see cref="PackZeros"/>.</summary>
    public static void UnpackZeros(ReadOnlySpan<int> words, int outputs, int groups, int bits, bool padded, Span<byte> zeros)
    {
        var (column, packed) = (new byte[outputs], new int[Words(outputs, bits, padded)]);
        for (var group = 0; group < groups; group++)
        {
            for (var word = 0; word < packed.Length; word++)
                packed[word] = words[word * groups + group];
            UnpackRow(packed, bits, padded, column);
            for (var output = 0; output < outputs; output++)
                zeros[output * groups + group] = column[output];
        }
    }

    private static void PackRow(ReadOnlySpan<byte> codes, int bits, bool padded, Span<int> words)
    {
        if (padded)
            PaddedWords.Pack(codes, bits, words);
        else
            Bitstream.Pack(codes, bits, words);
    }

    private static void UnpackRow(ReadOnlySpan<int> words, int bits, bool padded, Span<byte> codes)
    {
        if (padded)
            PaddedWords.Unpack(words, bits, codes);
        else
            Bitstream.Unpack(words, bits, codes);
    }
}
