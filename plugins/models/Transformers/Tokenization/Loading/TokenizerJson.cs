using LlmKick.Sdk;
using LlmKick.Transformers.Formats;
using LlmKick.Transformers.Tokenization.Bpe;
using LlmKick.Transformers.Tokenization.Splitting;

namespace LlmKick.Transformers.Tokenization.Loading;

/// <summary>Builds a tokenizer from a Hugging Face folder's <c>tokenizer.json</c>; a part that it does not know is refused by name.</summary>
internal static class TokenizerJson
{
    private const string FileName = "tokenizer.json";

    public static BpeTokenizer Load(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            throw new LlmKickException($"'{folder}' has no '{FileName}'; give a folder with one (a 'fast' tokenizer).");
        using var document = JsonFile.Read(path);
        var file = new TokenizerElement(path, "", document.RootElement);
        return new BpeTokenizer(Define(file, EndOfTextIds.Read(folder), ChatTemplateFile.Read(folder)));
    }

    /// <summary>All that the file says, checked.</summary>
    public static TokenizerDefinition Define(TokenizerElement file, EndOfTextIds ends, string? chatTemplate)
    {
        var vocabulary = new VocabularyBuilder(file.Path);
        var model = BpeModelReader.Read(file.Required("model"), vocabulary);
        var added = AddedTokenReader.Read(file, vocabulary);
        var tokens = vocabulary.Texts();
        var composes = NormalizerReader.Read(file.Optional("normalizer"));
        var template = new PostProcessorReader(vocabulary);
        template.Read(file.Optional("post_processor"));
        CheckDecoder(file);
        return new TokenizerDefinition
        {
            Tokens = tokens,
            Bytes = [.. tokens.Select(token => token is null ? [] : ByteAlphabet.Decode(token))],
            Model = model,
            Splitter = new TextSplitter([.. PreTokenizerReader.Read(file.Required("pre_tokenizer"))]),
            Added = added,
            ComposesText = composes,
            Prefix = template.Prefix,
            Suffix = template.Suffix,
            EndOfText = ends.Resolve(vocabulary.Ids),
            ChatTemplate = chatTemplate,
            Hash = chatTemplate is null ? file.ContentHash() : TokenizerHash.Of(file.ContentHash(), chatTemplate),
        };
    }

    private static void CheckDecoder(TokenizerElement file)
    {
        var decoder = file.Required("decoder");
        if (decoder.Type != "ByteLevel")
            throw decoder.Unsupported();
    }
}
