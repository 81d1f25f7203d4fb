using System.Buffers.Binary;
using System.Numerics;

namespace LlmKick.Transformers.Formats.Packing;

/// <summary>The layout "sparse-bitmask" of compressed-tensors: a bit a weight, the first weight lowest, each row from a byte of its own;
/// and the values that are not zero, one after the other.</summary>
internal static class Bitmask
{
    /// <summary>Bytes of a row's bits.</summary>
    public static int RowBytes(int inputs) => (inputs + 7) / 8;

    /// <summary>Packs the bits of weights [outputs, inputs] that are not zero into bytes [outputs, bytes a row], and notes where each row's
    /// values begin.</summary>
    /// <param name="present">A byte a weight, not 0 where the weight is not zero.</param>
    /// <param name="outputs">Rows.</param>
    /// <param name="inputs">Weights a row.</param>
    /// <param name="mask">[outputs, bytes a row].</param>
    /// <param name="rowOffsets">[outputs]: how many values there are before each row.</param>
    public static void Pack(ReadOnlySpan<byte> present, int outputs, int inputs, Span<byte> mask, Span<long> rowOffsets)
    {
        var (width, flags, count) = (RowBytes(inputs), new byte[inputs], 0L);
        for (var output = 0; output < outputs; output++)
        {
            var row = mask.Slice(output * width, width);
            for (var i = 0; i < inputs; i++)
                flags[i] = present[output * inputs + i] == 0 ? (byte)0 : (byte)1;
            Bitstream.Pack(flags, 1, row);
            rowOffsets[output] = count;
            count += CountOnes(row);
        }
    }

    /// <summary>Unpacks the bits to a byte a weight, 0 or 1. Bits beyond a row's weights are left out.</summary>
    /// <returns>How many are 1.</returns>
    public static long Unpack(ReadOnlySpan<byte> mask, int outputs, int inputs, Span<byte> present)
    {
        var (width, count) = (RowBytes(inputs), 0L);
        for (var output = 0; output < outputs; output++)
        {
            var row = present.Slice(output * inputs, inputs);
            Bitstream.Unpack(mask.Slice(output * width, width), 1, row);
            foreach (var flag in row)
                count += flag;
        }
        return count;
    }

    private static long CountOnes(ReadOnlySpan<byte> bytes)
    {
        long count = 0;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
            count += BitOperations.PopCount(BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        foreach (var value in bytes)
            count += BitOperations.PopCount(value);
        return count;
    }
}
