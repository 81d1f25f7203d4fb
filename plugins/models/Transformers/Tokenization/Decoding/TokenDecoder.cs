using System.Text;

namespace LlmKick.Transformers.Tokenization.Decoding;

/// <summary>From ids to text. Added tokens are written as they are where the decoder reads a byte alphabet, which they are not spelled
/// in.</summary>
/// <param name="tokens">Texts by id, null in gaps.</param>
/// <param name="decoder">The steps.</param>
/// <param name="added">Tokens that are found whole in a text.</param>
/// <param name="special">Those of them that are control tokens.</param>
internal sealed class TokenDecoder(IReadOnlyList<string?> tokens, IDecoderPart decoder, IReadOnlySet<int> added, IReadOnlySet<int> special)
    : ITokenDecoder
{
    private readonly bool _isByteLevel = decoder is ByteLevelDecoder;
    private readonly byte[]?[] _bytes = new byte[tokens.Count][];

    public ReadOnlyMemory<byte> Bytes(int id) => _bytes[id] ??= Read(id);

    public string Decode(IReadOnlyList<int> ids, bool skipSpecial)
    {
        var kept = ids.Where(id => !skipSpecial || !special.Contains(id));
        if (!_isByteLevel)
            return string.Concat(decoder.Decode([.. kept.Select(id => tokens[id]).OfType<string>()]));
        using var bytes = new MemoryStream();
        foreach (var id in kept)
            bytes.Write(Bytes(id).Span);
        return Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }

    private byte[] Read(int id) => tokens[id] switch
    {
        null => [],
        var token when special.Contains(id) || (_isByteLevel && added.Contains(id)) => Encoding.UTF8.GetBytes(token),
        var token => LooseBytes.ToBytes(decoder.Continue(token)),
    };
}
