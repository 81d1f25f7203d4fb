using LlmKick.Transformers.Formats.Gguf;
using LlmKick.Transformers.Tokenization.Gguf;
using LlmKick.Transformers.Tokenization.Normalizing;
using LlmKick.Transformers.Tokenization.SentencePiece;

namespace LlmKick.Transformers.Tokenization.Facts;

/// <summary>What a GGUF file says of its tokenizer, and what llama.cpp makes of what it leaves out.</summary>
internal static class FactsOfGguf
{
    public static TokenizerFacts Of(GgufFile file)
    {
        var (tokenizer, vocabulary) = (GgufTokenizer.Load(file).Definition, new GgufVocabulary(file));
        var pre = vocabulary.Model == "gpt2" ? GgufBpe.Pre(vocabulary) : null;
        return new TokenizerFacts
        {
            Model = vocabulary.Model,
            Tokens = vocabulary.Tokens,
            Kinds = vocabulary.Kinds,
            Scores = vocabulary.Model is "llama" or "t5" ? vocabulary.Scores : [],
            Merges = vocabulary.Model is "gpt2" or "gemma4" ? vocabulary.Merges : [],
            Added = tokenizer.Added,
            PreTokenizer = pre?.Name,
            IgnoresMerges = pre?.IgnoreMerges ?? false,
            Spaces = new SpaceRules(vocabulary.Flag("add_space_prefix") ?? vocabulary.Model == "llama", vocabulary.Model == "t5"
                && vocabulary.Flag("remove_extra_whitespaces") == true),
            Charsmap = vocabulary.Charsmap,
            Begin = vocabulary.Id("bos", GgufEnds.DefaultBegin(vocabulary)),
            End = vocabulary.Id("eos", GgufEnds.DefaultEnd(vocabulary)),
            Unknown = vocabulary.Id("unknown", vocabulary.Model switch { "llama" => 0, "t5" => 2, _ => null }),
            Padding = vocabulary.Id("padding"),
            Ends = tokenizer.EndOfText,
            AddsBegin = tokenizer.Prefix.Count > 0,
            AddsEnd = tokenizer.Suffix.Count > 0,
            ChatTemplate = vocabulary.ChatTemplate,
        };
    }
}
