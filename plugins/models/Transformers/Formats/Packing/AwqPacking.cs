namespace LlmKick.Transformers.Formats.Packing;

/// <summary>AWQ's GEMM layout: 4 bits, [inputs, outputs], eight outputs a word in an order that its kernels like. Zeros are laid out
/// alike.</summary>
internal static class AwqPacking
{
    /// <summary>Outputs a word.</summary>
    public const int PerWord = 8;

    private const int Bits = 4;
    // Words written together fill a cache line.
    private const int Tile = 16;

    /// <summary>The outputs of a word, from its lowest bits up.</summary>
    private static ReadOnlySpan<byte> Order => [0, 2, 4, 6, 1, 3, 5, 7];

    /// <summary>Packs codes [outputs, inputs] into words [inputs, outputs / 8]; or zeros, with groups for inputs.</summary>
    public static void Pack(ReadOnlySpan<byte> codes, int outputs, int inputs, Span<int> words)
    {
        var width = outputs / PerWord;
        for (var first = 0; first < width; first += Tile)
            for (var input = 0; input < inputs; input++)
                for (var word = first; word < Math.Min(first + Tile, width); word++)
                    words[input * width + word] = PackWord(codes[(word * PerWord * inputs + input)..], inputs);
    }

    /// <summary>The reverse of <see cref="Pack"/>.</summary>
    public static void Unpack(ReadOnlySpan<int> words, int outputs, int inputs, Span<byte> codes)
    {
        var width = outputs / PerWord;
        for (var first = 0; first < width; first += Tile)
            for (var input = 0; input < inputs; input++)
                for (var word = first; word < Math.Min(first + Tile, width); word++)
                    UnpackWord((uint)words[input * width + word], codes[(word * PerWord * inputs + input)..], inputs);
    }

    private static int PackWord(ReadOnlySpan<byte> column, int stride)
    {
        uint packed = 0;
        for (var i = 0; i < PerWord; i++)
            packed |= (column[Order[i] * stride] & 15u) << (Bits * i);
        return (int)packed;
    }

    private static void UnpackWord(uint packed, Span<byte> column, int stride)
    {
        for (var i = 0; i < PerWord; i++)
            column[Order[i] * stride] = (byte)(packed >> (Bits * i) & 15);
    }
}
