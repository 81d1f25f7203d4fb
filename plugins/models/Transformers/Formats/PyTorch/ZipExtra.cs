using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.PyTorch;

/// <summary>The part of an entry's row where numbers beyond 32 bits are.</summary>
internal static class ZipExtra
{
    private const ushort Zip64 = 1;

    /// <summary>An entry's length and offset: each is in the extra part, in a fixed order, where its field of 32 bits is full.</summary>
    public static (long Length, long Offset) Sizes(ReadOnlySpan<byte> extra, uint length, uint compressedLength, uint offset)
    {
        var numbers = Find(extra);
        var realLength = Next(ref numbers, length);
        _ = Next(ref numbers, compressedLength);
        return (realLength, Next(ref numbers, offset));
    }

    private static ReadOnlySpan<byte> Find(ReadOnlySpan<byte> extra)
    {
        while (extra.Length >= 4)
        {
            var length = Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(extra[2..]), extra.Length - 4);
            if (BinaryPrimitives.ReadUInt16LittleEndian(extra) == Zip64)
                return extra.Slice(4, length);
            extra = extra[(4 + length)..];
        }
        return [];
    }

    private static long Next(ref ReadOnlySpan<byte> numbers, uint field)
    {
        if (field != uint.MaxValue || numbers.Length < sizeof(long))
            return field;
        var number = BinaryPrimitives.ReadInt64LittleEndian(numbers);
        numbers = numbers[sizeof(long)..];
        return number;
    }
}
