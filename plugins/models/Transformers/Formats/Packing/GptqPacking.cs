namespace LlmKick.Transformers.Formats.Packing;

/// <summary>GPTQ's layout: codes are packed along the inputs and stand in columns, one an output; zeros are packed along the
/// outputs.</summary>
internal static class GptqPacking
{
    // Columns written together fill a cache line.
    private const int Tile = 16;

    /// <summary>Packs codes [outputs, inputs] into words [inputs · bits / 32, outputs]; 32 divides inputs · bits.</summary>
    public static void PackCodes(ReadOnlySpan<byte> codes, int outputs, int inputs, int bits, Span<int> words)
    {
        var rows = Bitstream.Words(inputs, bits);
        var tile = new int[Tile * rows];
        for (var first = 0; first < outputs; first += Tile)
        {
            var count = Math.Min(Tile, outputs - first);
            for (var i = 0; i < count; i++)
                Bitstream.Pack(codes.Slice((first + i) * inputs, inputs), bits, tile.AsSpan(i * rows, rows));
            for (var row = 0; row < rows; row++)
                for (var i = 0; i < count; i++)
                    words[row * outputs + first + i] = tile[i * rows + row];
        }
    }

    /// <summary>The reverse of <see cref="PackCodes"/>.</summary>
    public static void UnpackCodes(ReadOnlySpan<int> words, int outputs, int inputs, int bits, Span<byte> codes)
    {
        var rows = Bitstream.Words(inputs, bits);
        var tile = new int[Tile * rows];
        for (var first = 0; first < outputs; first += Tile)
        {
            var count = Math.Min(Tile, outputs - first);
            for (var row = 0; row < rows; row++)
                for (var i = 0; i < count; i++)
                    tile[i * rows + row] = words[row * outputs + first + i];
            for (var i = 0; i < count; i++)
                Bitstream.Unpack(tile.AsSpan(i * rows, rows), bits, codes.Slice((first + i) * inputs, inputs));
        }
    }

    /// <summary>Packs zeros [outputs, groups] into words [groups, outputs · bits / 32]; 32 divides outputs · bits.</summary>
    public static void PackZeros(ReadOnlySpan<byte> zeros, int outputs, int groups, int bits, bool version2, Span<int> words)
    {
        var (width, row) = (Bitstream.Words(outputs, bits), new byte[outputs]);
        for (var group = 0; group < groups; group++)
        {
            for (var output = 0; output < outputs; output++)
                row[output] = zeros[output * groups + group];
            GptqZeros.Pack(row, bits, version2, words.Slice(group * width, width));
        }
    }

    /// <summary>The reverse of <see cref="PackZeros"/>.</summary>
    public static void UnpackZeros(ReadOnlySpan<int> words, int outputs, int groups, int bits, bool version2, Span<byte> zeros)
    {
        var (width, row) = (Bitstream.Words(outputs, bits), new byte[outputs]);
        for (var group = 0; group < groups; group++)
        {
            GptqZeros.Unpack(words.Slice(group * width, width).ToArray(), bits, version2, row);
            for (var output = 0; output < outputs; output++)
                zeros[output * groups + group] = row[output];
        }
    }
}
