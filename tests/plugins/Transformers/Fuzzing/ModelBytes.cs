using System.Text;

namespace LlmKick.Tests.Transformers.Fuzzing;

/// <summary>A small SentencePiece model, field by field.</summary>
internal static class ModelBytes
{
    private static readonly (string Text, float Score, byte Kind)[] Pieces =
    [
        ("<unk>", 0, 2), ("<s>", 0, 3), ("</s>", 0, 3), ("\u2581", -1, 1), ("h", -2, 1), ("e", -3, 1), ("he", -1, 1),
        ("\u2581he", -0.5f, 5), ("x", 0, 4), ("<0x20>", 0, 6),
    ];

    public static byte[] Of(bool isUnigram) =>
    [
        .. Pieces.SelectMany(piece =>
            Field(1, [.. Field(1, Encoding.UTF8.GetBytes(piece.Text)), 0x15, .. BitConverter.GetBytes(piece.Score), 0x18, piece.Kind])),
        .. Field(2, [0x18, (byte)(isUnigram ? 1 : 2), 0x98, 0x02, 0, 0xC8, 0x02, 1, 0xD0, 0x02, 2]),
        .. Field(3, [.. Field(2, CharsmapBytes.Small), 0x18, 1, 0x20, 1, 0x28, 1]),
    ];

    private static byte[] Field(int number, byte[] content)
    {
        var bytes = new List<byte> { (byte)(number << 3 | 2) };
        for (var length = content.Length; ; length >>= 7)
            if (length < 0x80)
            {
                bytes.Add((byte)length);
                return [.. bytes, .. content];
            }
            else
                bytes.Add((byte)(length | 0x80));
    }
}
