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

    /// <summary>Whether merges make every token but some of its own bytes, so that taking pieces whole changes nothing.</summary>
    /// <param name="besides">Tokens that no piece is, such as control tokens.</param>
    public bool MergesMakeAll(IReadOnlySet<int> besides) => _vocabulary.Where(token => !besides.Contains(token.Value)).All(token =>
        PieceMerger.Merge(_merges, [.. token.Key.Select(character => _vocabulary.GetValueOrDefault(character.ToString(), Missing))]) is [var id] && id == token.Value);

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
