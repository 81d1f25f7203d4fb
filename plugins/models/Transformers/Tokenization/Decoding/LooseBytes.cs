using System.Buffers;
using System.Text;

namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>Texts with bytes that are no whole character: such a byte is U+DC00 and its value, which no text has by itself.</summary>
internal static class LooseBytes
{
    private const int Base = 0xDC00;
    private const int FirstLoose = 0x80;

    public static string Of(byte value) => value < FirstLoose ? ((char)value).ToString() : ((char)(Base + value)).ToString();

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        while (!bytes.IsEmpty)
            if (Rune.DecodeFromUtf8(bytes, out var rune, out var length) == OperationStatus.Done)
            {
                text.Append(rune);
                bytes = bytes[length..];
            }
            else
            {
                text.Append(Of(bytes[0]));
                bytes = bytes[1..];
            }
        return text.ToString();
    }

    public static byte[] ToBytes(string text)
    {
        using var bytes = new MemoryStream();
        Span<byte> buffer = stackalloc byte[4];
        for (int at = 0, length; at < text.Length; at += length)
        {
            var isLoose = text[at] is >= (char)(Base + FirstLoose) and <= (char)(Base + 0xFF);
            length = 1;
            if (isLoose)
                bytes.WriteByte((byte)(text[at] - Base));
            else
            {
                Rune.DecodeFromUtf16(text.AsSpan(at), out var rune, out length);
                bytes.Write(buffer[..rune.EncodeToUtf8(buffer)]);
            }
        }
        return bytes.ToArray();
    }
}
