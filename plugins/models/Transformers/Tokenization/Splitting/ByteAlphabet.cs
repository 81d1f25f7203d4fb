using System.Text;

namespace LlmKick.Transformers.Tokenization.Splitting;

/// <summary>GPT-2's alphabet: each byte as one printable character, itself where it is one, else from U+0100 on.</summary>
internal static class ByteAlphabet
{
    private static readonly char[] Characters = Build();

    private static readonly Dictionary<char, byte> Bytes = Enumerable.Range(0, 256).ToDictionary(b => Characters[b], b => (byte)b);

    public static char Character(byte value) => Characters[value];

    /// <summary>The bytes that a token's text stands for; the text's own UTF-8 where it has characters outside the alphabet.</summary>
    public static byte[] Decode(string token)
    {
        var bytes = new byte[token.Length];
        for (var i = 0; i < token.Length; i++)
            if (!Bytes.TryGetValue(token[i], out bytes[i]))
                return Encoding.UTF8.GetBytes(token);
        return bytes;
    }

    private static char[] Build()
    {
        var characters = new char[256];
        var next = 256;
        for (var b = 0; b < characters.Length; b++)
            characters[b] = b is (>= '!' and <= '~') or (>= 0xA1 and <= 0xAC) or (>= 0xAE and <= 0xFF) ? (char)b : (char)next++;
        return characters;
    }
}
