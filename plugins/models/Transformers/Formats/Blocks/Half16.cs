using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The half-precision scales inside blocks.</summary>
internal static class Half16
{
    /// <summary>Writes a scale, and gives what can be read of it.</summary>
    public static float Put(Span<byte> block, int offset, float value)
    {
        var half = (Half)value;
        BinaryPrimitives.WriteHalfLittleEndian(block[offset..], half);
        return (float)half;
    }

    public static float At(ReadOnlySpan<byte> block, int offset) => (float)BinaryPrimitives.ReadHalfLittleEndian(block[offset..]);
}
