using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;

namespace LlmKick.Transformers.Formats.Packing;

/// <summary>Codes of 1 to 8 bits as one stream, lowest bits first and without gaps: 8 codes make as many bytes as a code has
/// bits.</summary>
internal static class Bitstream
{
    // Whole bytes, whatever a code's bits.
    private const int AtOnce = 8;

    /// <summary>Words of 32 bits that codes need.</summary>
    public static int Words(int count, int bits) => checked((int)(((long)count * bits + 31) / 32));

    /// <summary>Packs codes; what is left of the stream becomes zero. Bits of a code beyond its width are dropped.</summary>
    public static void Pack(ReadOnlySpan<byte> codes, int bits, Span<byte> stream)
    {
        var mask = Mask(bits);
        for (; codes.Length >= AtOnce; codes = codes[AtOnce..], stream = stream[bits..])
            Write(Extract(BinaryPrimitives.ReadUInt64LittleEndian(codes), mask, bits), stream, bits);
        Span<byte> last = stackalloc byte[AtOnce];
        last.Clear();
        codes.CopyTo(last);
        var used = (codes.Length * bits + 7) / 8;
        stream[used..].Clear();
        Write(Extract(BinaryPrimitives.ReadUInt64LittleEndian(last), mask, bits), stream, used);
    }

    /// <summary>Unpacks codes: as many as there is room for.</summary>
    public static void Unpack(ReadOnlySpan<byte> stream, int bits, Span<byte> codes)
    {
        var mask = Mask(bits);
        for (; codes.Length >= AtOnce; codes = codes[AtOnce..], stream = stream[bits..])
            BinaryPrimitives.WriteUInt64LittleEndian(codes, Deposit(Read(stream, bits), mask, bits));
        Span<byte> last = stackalloc byte[AtOnce];
        BinaryPrimitives.WriteUInt64LittleEndian(last, Deposit(Read(stream, (codes.Length * bits + 7) / 8), mask, bits));
        last[..codes.Length].CopyTo(codes);
    }

    /// <summary>Packs codes into words, little-endian.</summary>
    public static void Pack(ReadOnlySpan<byte> codes, int bits, Span<int> words) => Pack(codes, bits, MemoryMarshal.AsBytes(words));

    /// <summary>Unpacks codes from words, little-endian.</summary>
    public static void Unpack(ReadOnlySpan<int> words, int bits, Span<byte> codes) => Unpack(MemoryMarshal.AsBytes(words), bits, codes);

    private static ulong Mask(int bits) => 0x0101010101010101UL * (byte)((1 << bits) - 1);

    private static ulong Extract(ulong codes, ulong mask, int bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitExtract(codes, mask);
        ulong packed = 0;
        for (var i = 0; i < AtOnce; i++)
            packed |= (codes >> (8 * i) & mask & 0xFF) << (bits * i);
        return packed;
    }

    private static ulong Deposit(ulong packed, ulong mask, int bits)
    {
        if (Bmi2.X64.IsSupported)
            return Bmi2.X64.ParallelBitDeposit(packed, mask);
        ulong codes = 0;
        for (var i = 0; i < AtOnce; i++)
            codes |= (packed >> (bits * i) & mask & 0xFF) << (8 * i);
        return codes;
    }

    private static ulong Read(ReadOnlySpan<byte> stream, int count)
    {
        if (stream.Length >= sizeof(ulong))
            return BinaryPrimitives.ReadUInt64LittleEndian(stream);
        ulong value = 0;
        for (var i = 0; i < count; i++)
            value |= (ulong)stream[i] << (8 * i);
        return value;
    }

    private static void Write(ulong value, Span<byte> stream, int count)
    {
        for (var i = 0; i < count; i++)
            stream[i] = (byte)(value >> (8 * i));
    }
}
