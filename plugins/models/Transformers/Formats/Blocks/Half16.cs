using System.Buffers.Binary;

namespace LlmKick.Transformers.Formats.Blocks;

/// <summary>The half-precision scales inside blocks.</summary>
internal static class Half16
{
    public static float At(ReadOnlySpan<byte> block, int offset) => (float)BinaryPrimitives.ReadHalfLittleEndian(block[offset..]);
}
