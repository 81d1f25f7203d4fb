using System.Text;

namespace LlmKick.Transformers.Tokenization.Bpe;

/// <summary>Byte-level BPE over one piece of text.</summary>
internal sealed class BpeModel
{
    private const int Missing = -1;

    private readonly Dictionary<string, int> _vocabulary;
    private readonly BpeMerges _merges;
    private readonly bool _ignoreMerges;
    private readonly int[] _byteIds;

    /// <summary>Creates the model.</summary>
    /// <param name="vocabulary">Ids by token, in the byte alphabet.</param>
    /// <param name="merges">The merges.</param>
    /// <param name="ignoreMerges">Whether a piece that is a token is taken whole, whatever the merges say.</param>
    public BpeModel(Dictionary<string, int> vocabulary, BpeMerges merges, bool ignoreMerges)
    {
        (_vocabulary, _merges, _ignoreMerges) = (vocabulary, merges, ignoreMerges);
        _byteIds = [.. Enumerable.Range(0, 256).Select(b => vocabulary.GetValueOrDefault(ByteAlphabet.Character((byte)b).ToString(), Missing))];
    }

    /// <summary>Whether every byte has a token, so that no text is lost.</summary>
    public bool CoversAllBytes => !_byteIds.Contains(Missing);

    public int[] Encode(ReadOnlySpan<char> piece)
    {
        var bytes = new byte[Encoding.UTF8.GetByteCount(piece)];
        Encoding.UTF8.GetBytes(piece, bytes);
        if (_ignoreMerges && _vocabulary.TryGetValue(string.Create(bytes.Length, bytes, Spell), out var whole))
            return [whole];
        return PieceMerger.Merge(_merges, [.. bytes.Select(b => _byteIds[b]).Where(id => id != Missing)]);
    }

    private static void Spell(Span<char> text, byte[] bytes)
    {
        for (var i = 0; i < text.Length; i++)
            text[i] = ByteAlphabet.Character(bytes[i]);
    }
}
