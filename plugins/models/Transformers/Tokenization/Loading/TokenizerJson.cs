using LlmKick.Sdk;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Tokenization.Decoding;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Builds a tokenizer from a Hugging Face folder's <c>tokenizer.json</c>; a part that it does not know is refused by
/// name.</summary>
internal static class TokenizerJson
{
    public const string FileName = "tokenizer.json";

    public static Pipeline Load(string folder) => Load(folder, TokenizerSettings.Read(folder));

    public static Pipeline Load(string folder, TokenizerSettings settings)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new LlmKickException($"'{folder}' has no '{FileName}'; give a folder with one (a 'fast' tokenizer).");
        using var document = JsonFile.Read(path);
        return new Pipeline(Define(new TokenizerElement(path, "", document.RootElement), settings));
    }

    /// <summary>All that the file and what lies beside it say, checked.</summary>
    public static TokenizerDefinition Define(TokenizerElement file, TokenizerSettings settings)
    {
        var vocabulary = new VocabularyBuilder(file.Path);
        var cuts = PreTokenizerReader.Read(file.Optional("pre_tokenizer"));
        var model = PieceModelReader.Read(file.Required("model"), vocabulary, cuts is [.., ByteSpelling]);
        var added = new AddedTokens(vocabulary);
        added.Read(file);
        var remarks = new List<string>(added.Declare(settings));
        var ends = new TextEnds(vocabulary, settings, remarks);
        ends.Read(file.Optional("post_processor"));
        var (tokens, own) =
            (vocabulary.Texts(), settings.Text("eos") is { } end && vocabulary.Ids.TryGetValue(end, out var id) ? id : (int?)null);
        remarks.AddRange(new[] { EndOfText.Remark(settings, own), KnownPatterns.Remark(file) }.OfType<string>());
        var textEnds = EndOfText.Of(settings, own);
        return new TokenizerDefinition
        {
            Tokens = tokens,
            Normalizer = NormalizerReader.Read(file.Optional("normalizer")),
            PreTokenizer = new PreTokenizerChain(Chain(cuts, model)),
            Model = model.Model,
            Decoder = Decoder(file, tokens, added.Tokens),
            Widths = model.Widths,
            Added = added.Tokens,
            Prefix = ends.Prefix,
            Suffix = ends.Suffix,
            EndOfText = textEnds,
            ChatTemplates = settings.ChatTemplates,
            SpecialTokens = settings.SpecialTokens(),
            Hash = TokenizerHash.Of(
                file.ContentHash(), settings.ChatTemplates.Main, settings.ChatTemplates.Named, settings.SpecialTokens(), added.Tokens,
                ends.Prefix, ends.Suffix, textEnds),
            Remarks = remarks,
        };
    }

    private static IReadOnlyList<IPreTokenizer> Chain(IReadOnlyList<IPreTokenizer> cuts, PieceModelParts model)
    {
        if (model.ReadsBytes)
            return [.. cuts.SkipLast(1)];
        return cuts.Count == 0 && model.Cuts is { } faster ? [faster] : cuts;
    }

    private static TokenDecoder Decoder(TokenizerElement file, string?[] tokens, IReadOnlyList<AddedToken> added) => new(
        tokens, DecoderReader.Read(file.Optional("decoder")), added.Select(token => token.Id).ToHashSet(),
        added.Where(token => token.Special).Select(token => token.Id).ToHashSet());
}
