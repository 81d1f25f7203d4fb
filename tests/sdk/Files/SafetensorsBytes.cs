using System.Buffers.Binary;
using System.Text;

namespace LlmKick.Tests.Files;

/// <summary>Safetensors files byte by byte, right or wrong.</summary>
internal static class SafetensorsBytes
{
    public static byte[] Of(string header, int dataLength, ulong? claimedLength = null) =>
        Of(Encoding.UTF8.GetBytes(header), dataLength, claimedLength);

    public static byte[] Of(byte[] header, int dataLength, ulong? claimedLength = null)
    {
        var bytes = new byte[8 + header.Length + dataLength];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, claimedLength ?? (ulong)header.Length);
        header.CopyTo(bytes, 8);
        for (var i = 0; i < dataLength; i++)
            bytes[8 + header.Length + i] = (byte)i;
        return bytes;
    }
}
