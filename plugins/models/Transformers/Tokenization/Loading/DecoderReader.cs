using LlmKick.Transformers.Tokenization.Decoding;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Reads the <c>decoder</c> part.</summary>
internal static class DecoderReader
{
    public static IDecoderPart Read(TokenizerElement? decoder) => decoder is null ? new SpacedDecoder() : Simplify([.. Parts(decoder)]);

    private static IDecoderPart Simplify(IReadOnlyList<IDecoderPart> parts) => parts is [var only] ? only : new DecoderChain(parts);

    private static IEnumerable<IDecoderPart> Parts(TokenizerElement decoder, bool isFused = false)
    {
        if (decoder.Type != "Sequence")
            return [Part(decoder, isFused)];
        var parts = decoder.Required("decoders").Items().ToList();
        var fuse = parts.FindIndex(part => part.Type == "Fuse");
        return parts.SelectMany((part, i) => Parts(part, isFused || (fuse >= 0 && i > fuse)));
    }

    private static IDecoderPart Part(TokenizerElement part, bool isFused) => part.Type switch
    {
        "ByteLevel" => new ByteLevelDecoder(),
        "ByteFallback" => new ByteFallbackDecoder(),
        "Fuse" => new FuseDecoder(),
        "Replace" => new ReplaceDecoder(MatcherReader.Read(part), part.Text("content")),
        "Strip" => new StripDecoder(part.Character("content"), part.Required("start").AsId(), part.Required("stop").AsId(), isFused),
        "Metaspace" => new MetaspaceDecoder(part.Character("replacement"), PreTokenizerReader.Scheme(part) != PrependScheme.Never),
        "WordPiece" => new WordPieceDecoder(part.Text("prefix"), part.Flag("cleanup", absent: true)),
        "BPEDecoder" => new SuffixDecoder(part.Text("suffix")),
        "CTC" => new CtcDecoder(part.Text("pad_token"), part.Text("word_delimiter_token"), part.Flag("cleanup", absent: true)),
        _ => throw part.Unsupported(),
    };
}
