using System.Text;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>A symbol a byte, spelled in the byte alphabet.</summary>
/// <param name="ids">The id of each byte; -1 for those that are dropped.</param>
internal sealed class ByteSymbols(int[] ids) : ISymbols
{
    private const int Missing = -1;

    private readonly bool _coversAll = !ids.Contains(Missing);

    public ByteSymbols(IReadOnlyDictionary<string, int> vocabulary)
        : this([.. Enumerable.Range(0, 256)
            .Select(b => vocabulary.GetValueOrDefault(ByteAlphabet.Character((byte)b).ToString(), Missing))]) { }

    /// <summary>Whether every byte has a token, so that no text is lost.</summary>
    public bool CoversAllBytes => _coversAll;

    public int[] Read(ReadOnlySpan<char> piece)
    {
        Span<byte> bytes = piece.Length <= 256 ? stackalloc byte[3 * piece.Length] : new byte[Encoding.UTF8.GetByteCount(piece)];
        bytes = bytes[..Encoding.UTF8.GetBytes(piece, bytes)];
        var symbols = new int[bytes.Length];
        for (var i = 0; i < symbols.Length; i++)
            symbols[i] = ids[bytes[i]];
        return _coversAll ? symbols : Array.FindAll(symbols, id => id != Missing);
    }

    public string Spell(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, bytes);
        return string.Create(bytes.Length, bytes, (text, source) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = ByteAlphabet.Character(source[i]);
        });
    }
}
