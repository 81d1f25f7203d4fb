using LlmKick.Sdk.Templates;
using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Loading;

namespace LlmKick.Transformers.Tokenization.Gguf;

/// <summary>Builds a tokenizer from the metadata of a GGUF file, as llama.cpp reads it.</summary>
internal static class GgufTokenizer
{
    public static Pipeline Load(GgufFile file)
    {
        var vocabulary = new GgufVocabulary(file);
        var definition = vocabulary.Model switch
        {
            "gpt2" => GgufBpe.Define(vocabulary),
            "llama" => GgufSentencePiece.Bpe(vocabulary),
            "gemma4" => GgufSentencePiece.Ranked(vocabulary),
            "t5" => GgufSentencePiece.Unigram(vocabulary),
            var other => throw vocabulary.Builder.Fault($"its model is '{other}', and only gpt2, llama, gemma4 and t5 are supported"),
        };
        return new Pipeline(definition with
        {
            EndOfText = [.. new[] { vocabulary.Id("eos", GgufEnds.DefaultEnd(vocabulary)), vocabulary.Id("eot"), vocabulary.Id("eom") }
                .OfType<int>().Distinct()],
            ChatTemplates = vocabulary.ChatTemplates,
            SpecialTokens = SpecialTokens(vocabulary),
            Hash = TokenizerHash.Of("gguf", definition.Hash, vocabulary.Tokens, definition.Added, definition.Prefix, definition.Suffix,
                vocabulary.ChatTemplate, vocabulary.ChatTemplates.Named),
        });
    }

    private static Dictionary<string, string> SpecialTokens(GgufVocabulary vocabulary) =>
        new (string Name, int? Id)[]
        {
            ("bos", vocabulary.Id("bos", GgufEnds.DefaultBegin(vocabulary))),
            ("eos", vocabulary.Id("eos", GgufEnds.DefaultEnd(vocabulary))),
            ("unk", vocabulary.Id("unknown")),
            ("pad", vocabulary.Id("padding")),
        }.Where(token => token.Id is not null).ToDictionary(token => token.Name + "_token", token => vocabulary.Tokens[token.Id!.Value]);
}
