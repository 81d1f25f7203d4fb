using System.Runtime.InteropServices;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>Types without blocks: each value by itself, little-endian.</summary>
internal static class Plain
{
    public static void DecodeF32(ReadOnlySpan<byte> blocks, Span<float> values) => blocks.CopyTo(MemoryMarshal.AsBytes(values));

    public static void DecodeF16(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(blocks);
        for (var i = 0; i < values.Length; i++)
            values[i] = (float)halves[i];
    }

    public static void DecodeBF16(ReadOnlySpan<byte> blocks, Span<float> values)
    {
        var bits = MemoryMarshal.Cast<byte, ushort>(blocks);
        for (var i = 0; i < values.Length; i++)
            values[i] = BitConverter.UInt32BitsToSingle((uint)bits[i] << 16);
    }

    public static void EncodeF32(ReadOnlySpan<float> values, Span<byte> blocks) => MemoryMarshal.AsBytes(values).CopyTo(blocks);

    public static void EncodeF16(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        var halves = MemoryMarshal.Cast<byte, Half>(blocks);
        for (var i = 0; i < values.Length; i++)
            halves[i] = (Half)values[i];
    }

    /// <summary>Halves go to even; what is no number stays none.</summary>
    public static void EncodeBF16(ReadOnlySpan<float> values, Span<byte> blocks)
    {
        var bits = MemoryMarshal.Cast<byte, ushort>(blocks);
        for (var i = 0; i < values.Length; i++)
        {
            var all = BitConverter.SingleToUInt32Bits(values[i]);
            bits[i] = (ushort)(float.IsNaN(values[i]) ? all >> 16 | 64 : all + 0x7FFF + (all >> 16 & 1) >> 16);
        }
    }
}
